import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER } from '../tokens';
import { alterFilter, dropFilter, listFilters, saveFilter } from './saved-filters';
import {
  type ChangeFilterBody,
  changeFilterSchema,
  type SavedFilterReply,
  savedFilterSchema,
  type SavedFiltersReply,
  savedFiltersSchema,
  type SaveFilterBody,
  saveFilterSchema,
} from './saved-filters.schema';

/** The filters a person saved, screen by screen; nurses change PCs every shift. */
@ApiTags('me')
@Controller('api/me/filters')
export class SavedFiltersController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Get()
  @Answers(200, savedFiltersSchema)
  async list(@Asked() ask: Ask): Promise<SavedFiltersReply> {
    return this.answer(ask, listFilters(personOf(ask.principal)));
  }

  @Post()
  @Answers(201, savedFilterSchema, { codes: ['CONFLICT', 'LIMIT_REACHED'] })
  async save(
    @AskedOnce() ask: Ask,
    @Body({ schema: saveFilterSchema }) body: SaveFilterBody,
  ): Promise<SavedFilterReply> {
    return this.answer(ask, saveFilter(personOf(ask.principal), body));
  }

  @Put(':id')
  @Versioned()
  @Answers(200, savedFilterSchema, { codes: ['NOT_FOUND', 'CONFLICT', 'VERSION_MISMATCH', 'VERSION_REQUIRED'] })
  async change(
    @Asked() ask: Ask,
    @Id() id: string,
    @Body({ schema: changeFilterSchema }) body: ChangeFilterBody,
  ): Promise<SavedFilterReply> {
    const { id: userId } = personOf(ask.principal);
    return this.answer(ask, alterFilter({ id, userId }, { ...body, version: versionOf(ask) }));
  }

  @Delete(':id')
  @HttpCode(204)
  @Versioned()
  @Answers(204, null, { codes: ['NOT_FOUND', 'VERSION_MISMATCH', 'VERSION_REQUIRED'] })
  async drop(@Asked() ask: Ask, @Id() id: string): Promise<void> {
    await this.answer(ask, dropFilter({ id, userId: personOf(ask.principal).id }, versionOf(ask)));
  }
}
