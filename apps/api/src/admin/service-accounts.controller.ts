import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ServiceAccountRow } from '#libs/db/stores/service-account.store';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { type Cursors, type Page, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS } from '../tokens';
import { addServiceAccount, revokeAccount, serviceAccountsPageOf, type ShownOnce } from './service-accounts';
import {
  type NewServiceAccountBody,
  newServiceAccountSchema,
  serviceAccountsPage,
  serviceAccountsQuery,
  shownOnceSchema,
} from './service-accounts.schema';

/** Machines and their tokens, for the security administrator. */
@ApiTags('admin')
@Controller('api/admin/service-accounts')
export class ServiceAccountsController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, serviceAccountsPage)
  list(@Asked() ask: Ask, @Query({ schema: serviceAccountsQuery }) query: PageQuery): Promise<Page<ServiceAccountRow>> {
    return this.answer(ask, serviceAccountsPageOf(this.cursors, query));
  }

  @Post()
  @Answers(201, shownOnceSchema, { codes: ['CONFLICT'] })
  add(
    @AskedOnce() ask: Ask,
    @Body({ schema: newServiceAccountSchema }) body: NewServiceAccountBody,
  ): Promise<ShownOnce> {
    return this.answer(ask, addServiceAccount(body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204, null, { codes: ['NOT_FOUND'] })
  async revoke(@Asked() ask: Ask, @Id() id: string): Promise<void> {
    await this.answer(ask, revokeAccount(id));
  }
}
