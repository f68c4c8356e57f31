import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked, Versioned, versionOf } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER } from '../tokens';
import { setPreferences, showPreferences } from './preferences';
import {
  type PreferencesReply,
  preferencesReplySchema,
  type SetPreferencesBody,
  setPreferencesSchema,
} from './preferences.schema';

/** What a person's screens look and sound like, on whatever PC they sit. */
@ApiTags('me')
@Controller('api/me/preferences')
export class PreferencesController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Get()
  @Answers(200, preferencesReplySchema)
  async show(@Asked() ask: Ask): Promise<PreferencesReply> {
    return this.answer(ask, showPreferences(personOf(ask.principal)));
  }

  @Put()
  @Versioned()
  @Answers(200, preferencesReplySchema, { codes: ['PAYLOAD_TOO_LARGE', 'VERSION_MISMATCH', 'VERSION_REQUIRED'] })
  async set(
    @Asked() ask: Ask,
    @Body({ schema: setPreferencesSchema }) body: SetPreferencesBody,
  ): Promise<PreferencesReply> {
    return this.answer(ask, setPreferences(personOf(ask.principal), { ...body, version: versionOf(ask) }));
  }
}
