import { Body, Controller, Get, HttpCode, Inject, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type ErrorCode } from '#libs/errors/errors';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce, Versioned, versionOf } from '../http/ask';
import { type Page } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, REVIEWS } from '../tokens';
import {
  type AmendmentBody,
  type AmendmentReply,
  amendmentReplySchema,
  amendmentSchema,
  getAmendment,
  putAmendment,
} from './amendment';
import { claim, claimMany, reassign, release } from './claims';
import {
  type BulkClaimBody,
  type BulkClaimReply,
  bulkClaimReplySchema,
  bulkClaimSchema,
  type ReassignBody,
  reassignSchema,
} from './claims.schema';
import { countersign } from './countersign';
import { decide } from './decide';
import {
  type DecisionBody,
  type DecisionReply,
  decisionReplySchema,
  decisionSchema,
  type SecondSignatureBody,
  secondSignatureSchema,
} from './decision.schema';
import {
  decline,
  type DeclineBody,
  declineSchema,
  withdrawSignature,
  type WithdrawSignatureBody,
  withdrawSignatureSchema,
} from './decline';
import { defer, type DeferBody, deferSchema } from './defer';
import { escalate, type EscalateBody, escalateSchema } from './escalate';
import { judge, type JudgementBody, type JudgementReply, judgementReplySchema, judgementSchema } from './judge';
import { type Receivers, receiversOf, receiversSchema } from './receivers';
import { askRedraft, type RedraftBody, redraftSchema } from './redraft';
import { type ReviewDeps, type ReviewParts } from './review-deps';
import { type Standing, standingSchema } from './standing';
import { viewReview } from './view';
import { type ReviewView, reviewViewSchema } from './view.schema';
import { listReviews } from './worklist';
import { type WorklistItem, worklistPage, type WorklistQuery, worklistQuery } from './worklist.schema';

const over: readonly ErrorCode[] = ['NOT_FOUND', 'ALREADY_DECIDED', 'REVIEW_WITHDRAWN'];
const held: readonly ErrorCode[] = [...over, 'CLAIM_HELD'];
const signing: readonly ErrorCode[] = [
  ...held,
  'VERSION_MISMATCH',
  'STALE_DRAFT',
  'SEPARATION_OF_DUTIES',
  'STEP_UP_REQUIRED',
];
const deciding: readonly ErrorCode[] = [
  ...signing,
  ...(['AWAITING_SECOND', 'STALE_FACTS', 'STALE_VITALS', 'NO_DRAFT', 'JUDGEMENT_REQUIRED'] as const),
  ...(['ACTION_NOT_ALLOWED', 'REASON_REQUIRED', 'REASON_UNKNOWN'] as const),
];

/** Every gate of every process: what waits for a person, and what the person does about it. */
@ApiTags('reviews')
@Controller('api/reviews')
export class ReviewsController {
  private readonly deps: ReviewDeps;

  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(REVIEWS) private readonly parts: ReviewParts,
  ) {
    this.deps = parts.deps;
  }

  @Get()
  @Answers(200, worklistPage)
  list(@Asked() ask: Ask, @Query({ schema: worklistQuery }) query: WorklistQuery): Promise<Page<WorklistItem>> {
    return this.answer(ask, (tx) => listReviews(this.deps, tx, { query, cursors: this.parts.cursors }));
  }

  @Post('claims')
  @HttpCode(200)
  @Answers(200, bulkClaimReplySchema)
  claimMany(@AskedOnce() ask: Ask, @Body({ schema: bulkClaimSchema }) body: BulkClaimBody): Promise<BulkClaimReply> {
    return this.answer(ask, (tx) => claimMany(this.deps, tx, body));
  }

  @Get(':id')
  @Answers(200, reviewViewSchema, { codes: ['NOT_FOUND'] })
  one(@Asked() ask: Ask, @Id() reviewId: string): Promise<ReviewView> {
    return this.answer(ask, (tx) => viewReview(this.deps, tx, reviewId));
  }

  @Post(':id/claim')
  @HttpCode(200)
  @Answers(200, standingSchema, { codes: [...held, 'SEPARATION_OF_DUTIES'] })
  claim(@AskedOnce() ask: Ask, @Id() reviewId: string): Promise<Standing> {
    return this.answer(ask, (tx) => claim(this.deps, tx, reviewId));
  }

  @Post(':id/release')
  @HttpCode(200)
  @Answers(200, standingSchema, { codes: held })
  release(@AskedOnce() ask: Ask, @Id() reviewId: string): Promise<Standing> {
    return this.answer(ask, (tx) => release(this.deps, tx, reviewId));
  }

  @Get(':id/receivers')
  @Answers(200, receiversSchema, { codes: ['NOT_FOUND'] })
  receivers(@Asked() ask: Ask, @Id() reviewId: string): Promise<Receivers> {
    return this.answer(ask, (tx) => receiversOf(this.deps, tx, reviewId));
  }

  @Post(':id/reassign')
  @HttpCode(200)
  @Answers(200, standingSchema, { codes: [...held, 'SEPARATION_OF_DUTIES'] })
  reassign(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: reassignSchema }) body: ReassignBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => reassign(this.deps, tx, { reviewId, body }));
  }

  @Post(':id/judgements')
  @Answers(201, judgementReplySchema, { codes: [...held, 'JUDGEMENT_EXISTS'] })
  judge(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: judgementSchema }) body: JudgementBody,
  ): Promise<JudgementReply> {
    return this.answer(ask, (tx) => judge(this.deps, tx, { reviewId, body }));
  }

  @Post(':id/decisions')
  @Versioned()
  @Answers(201, decisionReplySchema, { codes: deciding })
  async decide(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: decisionSchema }) body: DecisionBody,
  ): Promise<DecisionReply> {
    const request = { reviewId, version: versionOf(ask), body, passwordProven: await this.proven(ask, body.password) };
    return this.answer(ask, (tx) => decide(this.deps, tx, request));
  }

  @Post(':id/second-signatures')
  @Versioned()
  @Answers(201, decisionReplySchema, { codes: [...signing, 'NOT_AWAITING_SECOND', 'STALE_VITALS'] })
  async countersign(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: secondSignatureSchema }) body: SecondSignatureBody,
  ): Promise<DecisionReply> {
    const request = { reviewId, version: versionOf(ask), body, passwordProven: await this.proven(ask, body.password) };
    return this.answer(ask, (tx) => countersign(this.deps, tx, request));
  }

  @Post(':id/declines')
  @Versioned()
  @HttpCode(200)
  @Answers(200, standingSchema, { codes: [...signing, 'NOT_AWAITING_SECOND'] })
  async decline(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: declineSchema }) body: DeclineBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => decline(this.deps, tx, { reviewId, version: versionOf(ask), body }));
  }

  @Post(':id/signature-withdrawals')
  @Versioned()
  @HttpCode(200)
  @Answers(200, standingSchema, { codes: [...over, 'NOT_AWAITING_SECOND', 'VERSION_MISMATCH', 'STALE_DRAFT'] })
  async withdraw(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: withdrawSignatureSchema }) body: WithdrawSignatureBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => withdrawSignature(this.deps, tx, { reviewId, version: versionOf(ask), body }));
  }

  @Post(':id/redrafts')
  @Answers(201, standingSchema, { codes: [...held, 'AWAITING_SECOND', 'ACTION_NOT_ALLOWED', 'JUDGEMENT_REQUIRED'] })
  redraft(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: redraftSchema }) body: RedraftBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => askRedraft(this.deps, tx, { reviewId, body }));
  }

  @Post(':id/deferrals')
  @Answers(201, standingSchema, { codes: [...held, 'AWAITING_SECOND', 'ACTION_NOT_ALLOWED'] })
  defer(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: deferSchema }) body: DeferBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => defer(this.deps, tx, { reviewId, body }));
  }

  @Post(':id/escalations')
  @Answers(201, standingSchema, { codes: [...over, 'ACTION_NOT_ALLOWED'] })
  escalate(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: escalateSchema }) body: EscalateBody,
  ): Promise<Standing> {
    return this.answer(ask, (tx) => escalate(this.deps, tx, { reviewId, body }));
  }

  @Get(':id/amendment')
  @Answers(200, amendmentReplySchema, { codes: ['NOT_FOUND'] })
  amendment(@Asked() ask: Ask, @Id() reviewId: string): Promise<AmendmentReply> {
    return this.answer(ask, (tx) => getAmendment(this.deps, tx, reviewId));
  }

  @Put(':id/amendment')
  @Versioned()
  @Answers(200, amendmentReplySchema, { codes: [...over, 'VERSION_MISMATCH'] })
  async keepAmendment(
    @AskedOnce() ask: Ask,
    @Id() reviewId: string,
    @Body({ schema: amendmentSchema }) body: AmendmentBody,
  ): Promise<AmendmentReply> {
    return this.answer(ask, (tx) => putAmendment(this.deps, tx, { reviewId, version: versionOf(ask), body }));
  }

  /** Checked before any lock is taken, as it takes about 100 ms. */
  private async proven({ principal }: Ask, password: string | undefined): Promise<boolean> {
    return password !== undefined && this.parts.passwords.verifyOwn(personOf(principal), password);
  }
}
