import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { type ReviewParts } from '../reviews/review-deps';
import { ANSWER, REVIEWS } from '../tokens';
import { acknowledgeHandover } from './acknowledge-handover';
import { giveHandover } from './give';
import {
  type AcknowledgementBody,
  type AcknowledgementReply,
  acknowledgementReplySchema,
  acknowledgementSchema,
  type HandoverBody,
  type HandoverReply,
  handoverReplySchema,
  handoverSchema,
  type MyHandovers,
  myHandoversSchema,
} from './handovers.schema';
import { myHandovers } from './view-handover';

/** The end of a shift: what a person holds goes to others, who say that they have it. */
@ApiTags('handovers')
@Controller('api/me/handovers')
export class HandoversController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(REVIEWS) private readonly parts: ReviewParts,
  ) {}

  @Get()
  @Answers(200, myHandoversSchema)
  async mine(@Asked() ask: Ask): Promise<MyHandovers> {
    return this.answer(ask, myHandovers(this.parts.deps, personOf(ask.principal)));
  }

  @Post()
  @Answers(201, handoverReplySchema, { codes: ['RECEIVER_NOT_ENTITLED'] })
  async give(@AskedOnce() ask: Ask, @Body({ schema: handoverSchema }) body: HandoverBody): Promise<HandoverReply> {
    const person = personOf(ask.principal);
    return this.answer(ask, (tx) => giveHandover(this.parts.deps, tx, { person, body }));
  }

  @Post(':id/acknowledgements')
  @HttpCode(200)
  @Answers(200, acknowledgementReplySchema, { codes: ['NOT_FOUND'] })
  async acknowledge(
    @AskedOnce() ask: Ask,
    @Id() handoverId: string,
    @Body({ schema: acknowledgementSchema }) body: AcknowledgementBody,
  ): Promise<AcknowledgementReply> {
    const person = personOf(ask.principal);
    return this.answer(ask, (tx) => acknowledgeHandover(this.parts.deps, tx, { person, handoverId, body }));
  }
}
