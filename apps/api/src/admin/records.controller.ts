import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type AuditRow } from '#libs/db/stores/audit.store';
import { type DeadEntry } from '#libs/db/stores/outbox-watch.store';
import { type Repair } from '#libs/db/stores/repair.store';
import { type Reconciliation } from '#libs/db/stores/reconciliation.store';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { type Cursors, type Page, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS } from '../tokens';
import { repairCase, type RepairBody, repairedSchema, repairSchema } from './repairs';
import { auditPageOf, deadPageOf, reconciliation } from './records';
import {
  auditPage,
  type AuditQuery,
  auditQuery,
  type AuditSearch,
  auditSearch,
  deadPage,
  deadQuery,
  reconciliationSchema,
} from './records.schema';

/** What auditors and the system administrator read, and how the latter repairs. */
@ApiTags('admin')
@Controller('api/admin')
export class RecordsController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get('audit')
  @Answers(200, auditPage)
  audit(@Asked() ask: Ask, @Query({ schema: auditQuery }) query: AuditQuery): Promise<Page<AuditRow>> {
    return this.answer(ask, auditPageOf(this.cursors, query));
  }

  @Post('audit/searches')
  @HttpCode(200)
  @Answers(200, auditPage)
  searchAudit(@Asked() ask: Ask, @Body({ schema: auditSearch }) body: AuditSearch): Promise<Page<AuditRow>> {
    return this.answer(ask, auditPageOf(this.cursors, body));
  }

  @Get('outbox/dead')
  @Answers(200, deadPage)
  dead(@Asked() ask: Ask, @Query({ schema: deadQuery }) query: PageQuery): Promise<Page<DeadEntry>> {
    return this.answer(ask, deadPageOf(this.cursors, query));
  }

  @Get('reconciliation')
  @Answers(200, reconciliationSchema)
  reconciliation(@Asked() ask: Ask): Promise<Reconciliation> {
    return this.answer(ask, reconciliation);
  }

  @Post('cases/:id/repairs')
  @Answers(201, repairedSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'] })
  repair(@AskedOnce() ask: Ask, @Id() id: string, @Body({ schema: repairSchema }) body: RepairBody): Promise<Repair> {
    return this.answer(ask, repairCase(id, body));
  }
}
