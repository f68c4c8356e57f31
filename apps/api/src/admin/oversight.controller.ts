import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ProcessName } from '#libs/processes/index';
import { type ApiConfig } from '../api-config';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CONFIG, OPERATIONS } from '../tokens';
import { type AgreementQuery, agreementQuery } from './agreement.schema';
import { type CaseSearch, caseSearchSchema, type FoundCases, foundCasesSchema, searchCases } from './case-search';
import { showTimeline } from './case-timeline';
import { type CaseTimeline, caseTimelineSchema } from './case-timeline.schema';
import { type ModelQualityAnswer, showModelQuality } from './model-quality';
import { modelQualitySchema } from './model-quality.schema';
import { askProbes, type OperationsParts, showOperations } from './operations';
import { type Operations, operationsSchema } from './operations.schema';
import { processName } from './rollouts.schema';
import { showToday } from './today';
import { type Today, todaySchema } from './today.schema';

/** What whoever oversees the desks looks at: the day, a case, the drafts, and how the installation stands. */
@ApiTags('admin')
@Controller('api/admin')
export class OversightController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CONFIG) private readonly config: ApiConfig,
    @Inject(OPERATIONS) private readonly parts: OperationsParts,
  ) {}

  @Get('today')
  @Answers(200, todaySchema)
  today(@Asked() ask: Ask): Promise<Today> {
    return this.answer(ask, showToday(this.config));
  }

  @Get('operations')
  @Answers(200, operationsSchema)
  operations(@Asked() ask: Ask): Promise<Operations> {
    return this.answer(ask, showOperations(this.parts));
  }

  @Post('model-probes')
  @HttpCode(204)
  @Answers(204, null)
  async probe(@Asked() ask: Ask): Promise<void> {
    await this.answer(ask, askProbes);
  }

  @Post('cases/searches')
  @HttpCode(200)
  @Answers(200, foundCasesSchema)
  search(@Asked() ask: Ask, @Body({ schema: caseSearchSchema }) body: CaseSearch): Promise<FoundCases> {
    return this.answer(ask, searchCases(body));
  }

  @Get('cases/:id/timeline')
  @Answers(200, caseTimelineSchema, { codes: ['NOT_FOUND', 'FORBIDDEN'] })
  timeline(@Asked() ask: Ask, @Id() id: string): Promise<CaseTimeline> {
    return this.answer(ask, showTimeline(id, this.config));
  }

  @Get('model-quality/:process')
  @Answers(200, modelQualitySchema)
  quality(
    @Asked() ask: Ask,
    @Param('process', { schema: processName }) process: ProcessName,
    @Query({ schema: agreementQuery }) query: AgreementQuery,
  ): Promise<ModelQualityAnswer> {
    return this.answer(ask, showModelQuality(process, query));
  }
}
