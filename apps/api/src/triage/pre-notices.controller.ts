import { Body, Controller, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ApiConfig } from '../api-config';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CONFIG } from '../tokens';
import { announce, correct, endWithout } from './pre-notice';
import { arriveAnnounced } from './pre-notice.arrive';
import {
  type ArrivalBody,
  arrivalSchema,
  type CorrectionBody,
  correctionSchema,
  type EndingBody,
  endingSchema,
  type PreNoticeAnswer,
  preNoticeAnswerSchema,
  type PreNoticeBody,
  type PreNoticeList,
  preNoticeListSchema,
  preNoticeSchema,
  preNoticesQuery,
  type PreNoticesQuery,
  type PreNoticeView,
  preNoticeViewSchema,
} from './pre-notice.schema';
import { showPreNotice, showPreNotices } from './pre-notice.view';
import { type RegistrationAnswer } from './register';
import { registrationAnswerSchema } from './triage.answers';

/** Patients announced before they arrive. */
@ApiTags('triage')
@Controller('api/triage/pre-notices')
export class PreNoticesController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CONFIG) private readonly config: ApiConfig,
  ) {}

  @Post()
  @Answers(201, preNoticeAnswerSchema, { codes: ['NOT_FOUND'] })
  announce(@AskedOnce() ask: Ask, @Body({ schema: preNoticeSchema }) body: PreNoticeBody): Promise<PreNoticeAnswer> {
    return this.answer(ask, (tx) => announce(tx, body));
  }

  @Get()
  @Answers(200, preNoticeListSchema, { codes: ['NOT_FOUND'] })
  list(@Asked() ask: Ask, @Query({ schema: preNoticesQuery }) query: PreNoticesQuery): Promise<PreNoticeList> {
    return this.answer(ask, (tx) => showPreNotices(tx, query));
  }

  @Get(':id')
  @Answers(200, preNoticeViewSchema, { codes: ['NOT_FOUND'] })
  one(@Asked() ask: Ask, @Id() id: string): Promise<PreNoticeView> {
    return this.answer(ask, (tx) => showPreNotice(tx, id));
  }

  @Post(':id/corrections')
  @Versioned()
  @HttpCode(200)
  @Answers(200, preNoticeAnswerSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED', 'VERSION_MISMATCH'] })
  async correct(
    @AskedOnce() ask: Ask,
    @Id() preNoticeId: string,
    @Body({ schema: correctionSchema }) body: CorrectionBody,
  ): Promise<PreNoticeAnswer> {
    return this.answer(ask, (tx) => correct(tx, { preNoticeId, version: versionOf(ask), body }));
  }

  @Post(':id/endings')
  @Versioned()
  @HttpCode(200)
  @Answers(200, preNoticeAnswerSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED', 'VERSION_MISMATCH'] })
  async end(
    @AskedOnce() ask: Ask,
    @Id() preNoticeId: string,
    @Body({ schema: endingSchema }) body: EndingBody,
  ): Promise<PreNoticeAnswer> {
    return this.answer(ask, (tx) => endWithout(tx, { preNoticeId, version: versionOf(ask), body }));
  }

  @Post(':id/arrivals')
  @Answers(201, registrationAnswerSchema, { codes: ['NOT_FOUND', 'CONFLICT', 'TRANSITION_NOT_ALLOWED'] })
  arrive(
    @AskedOnce() ask: Ask,
    @Id() preNoticeId: string,
    @Body({ schema: arrivalSchema }) body: ArrivalBody,
  ): Promise<RegistrationAnswer> {
    const { timeScale } = this.config;
    return this.answer(ask, (tx) => arriveAnnounced(tx, { preNoticeId, body, timeScale }));
  }
}
