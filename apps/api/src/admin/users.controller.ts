import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type UserRow } from '#libs/db/stores/user.store';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { type Cursors, type Page, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS } from '../tokens';
import { addUser, disableUser, grantRole, resetPassword, revokeRole, usersPageOf } from './users';
import {
  type Made,
  madeSchema,
  type NewGrantBody,
  newGrantSchema,
  type NewUserBody,
  newUserSchema,
  type TemporaryPassword,
  temporaryPasswordSchema,
  userSchema,
  usersPage,
  usersQuery,
} from './users.schema';

/** People and their roles, for the security administrator. */
@ApiTags('admin')
@Controller('api/admin/users')
export class UsersController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, usersPage)
  list(@Asked() ask: Ask, @Query({ schema: usersQuery }) query: PageQuery): Promise<Page<UserRow>> {
    return this.answer(ask, usersPageOf(this.cursors, query));
  }

  @Post()
  @Answers(201, temporaryPasswordSchema, { codes: ['CONFLICT'] })
  async add(@AskedOnce() ask: Ask, @Body({ schema: newUserSchema }) body: NewUserBody): Promise<TemporaryPassword> {
    return this.answer(ask, await addUser(body));
  }

  @Post(':id/password')
  @Answers(201, temporaryPasswordSchema, { codes: ['NOT_FOUND', 'SEPARATION_OF_DUTIES'] })
  async password(@AskedOnce() ask: Ask, @Id() id: string): Promise<TemporaryPassword> {
    return this.answer(ask, await resetPassword(id));
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Answers(200, userSchema, { codes: ['NOT_FOUND', 'SEPARATION_OF_DUTIES'] })
  disable(@Asked() ask: Ask, @Id() id: string): Promise<UserRow> {
    return this.answer(ask, disableUser(id, true));
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Answers(200, userSchema, { codes: ['NOT_FOUND', 'SEPARATION_OF_DUTIES'] })
  enable(@Asked() ask: Ask, @Id() id: string): Promise<UserRow> {
    return this.answer(ask, disableUser(id, false));
  }

  @Post(':id/grants')
  @Answers(201, madeSchema, { codes: ['NOT_FOUND', 'CONFLICT', 'SEPARATION_OF_DUTIES'] })
  grant(@AskedOnce() ask: Ask, @Id() id: string, @Body({ schema: newGrantSchema }) body: NewGrantBody): Promise<Made> {
    return this.answer(ask, grantRole(id, body));
  }

  @Delete(':id/grants/:grantId')
  @HttpCode(204)
  @Answers(204, null, { codes: ['NOT_FOUND', 'SEPARATION_OF_DUTIES'] })
  async revoke(@Asked() ask: Ask, @Id() id: string, @Id('grantId') grantId: string): Promise<void> {
    await this.answer(ask, revokeRole(id, grantId));
  }
}
