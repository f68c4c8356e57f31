import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER } from '../tokens';
import { showQuality } from './quality';
import { type Quality, qualityQuery, type QualityQuery, qualitySchema } from './quality.schema';

/** How a person signs beside drafts, told to nobody else. */
@ApiTags('me')
@Controller('api/me/quality')
export class QualityController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Get()
  @Answers(200, qualitySchema)
  async show(@Asked() ask: Ask, @Query({ schema: qualityQuery }) query: QualityQuery): Promise<Quality> {
    return this.answer(ask, showQuality(personOf(ask.principal), query));
  }
}
