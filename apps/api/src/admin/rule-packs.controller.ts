import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ReferenceSetName } from '#libs/packs/reference-packs';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { type Cursors, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS } from '../tokens';
import { dryRunRulePacks } from './rule-pack-dry-run';
import { approve, editRulePacks, listRulePacks, rollBackRulePacks, showReference, showRulePacks } from './rule-packs';
import {
  type ApprovalBody,
  approvalSchema,
  type DryRunAnswer,
  dryRunAnswer,
  type DryRunBody,
  dryRunSchema,
  type EditBody,
  editSchema,
  referenceName,
  referenceSchema,
  type RollbackBody,
  rollbackSchema,
  type RulePackList,
  rulePackListSchema,
  rulePacksQuery,
  rulePacksSchema,
  type RulePacksView,
} from './rule-packs.schema';

/** The hospital's own rule packs: edited as a new version, tried on past cases, approved by another person, rolled back. */
@ApiTags('admin')
@Controller('api/admin/rule-packs')
export class RulePacksController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, rulePackListSchema)
  list(@Asked() ask: Ask, @Query({ schema: rulePacksQuery }) query: PageQuery): Promise<RulePackList> {
    return this.answer(ask, listRulePacks(this.cursors, query));
  }

  @Get('references/:name')
  @Answers(200, referenceSchema)
  reference(@Asked() ask: Ask, @Param('name', { schema: referenceName }) name: ReferenceSetName) {
    return this.answer(ask, showReference(name));
  }

  @Get(':id')
  @Answers(200, rulePacksSchema, { codes: ['NOT_FOUND'] })
  show(@Asked() ask: Ask, @Id() id: string): Promise<RulePacksView> {
    return this.answer(ask, showRulePacks(id));
  }

  @Post()
  @Answers(201, rulePacksSchema)
  edit(@AskedOnce() ask: Ask, @Body({ schema: editSchema }) body: EditBody): Promise<RulePacksView> {
    return this.answer(ask, editRulePacks(body));
  }

  @Post(':id/dry-runs')
  @HttpCode(200)
  @Answers(200, dryRunAnswer, { codes: ['NOT_FOUND', 'CONFLICT'] })
  dryRun(@Asked() ask: Ask, @Id() id: string, @Body({ schema: dryRunSchema }) body: DryRunBody): Promise<DryRunAnswer> {
    return this.answer(ask, dryRunRulePacks(id, body));
  }

  @Post(':id/approvals')
  @Versioned()
  @Answers(201, rulePacksSchema, {
    codes: ['NOT_FOUND', 'CONFLICT', 'SEPARATION_OF_DUTIES', 'VERSION_MISMATCH', 'VERSION_REQUIRED'],
  })
  async approve(
    @AskedOnce() ask: Ask,
    @Id() id: string,
    @Body({ schema: approvalSchema }) body: ApprovalBody,
  ): Promise<RulePacksView> {
    return this.answer(ask, approve(id, { ...body, version: versionOf(ask) }));
  }

  @Post(':id/rollbacks')
  @Answers(201, rulePacksSchema, { codes: ['NOT_FOUND', 'CONFLICT'] })
  rollBack(
    @AskedOnce() ask: Ask,
    @Id() id: string,
    @Body({ schema: rollbackSchema }) body: RollbackBody,
  ): Promise<RulePacksView> {
    return this.answer(ask, rollBackRulePacks(id, body));
  }
}
