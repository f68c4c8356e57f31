import { Controller, Get, Inject, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER, REVIEWS } from '../tokens';
import { type GateForm, gateForm, gateFormSchema } from './gate-form';
import { type ReviewParts } from './review-deps';

const name = z.string().regex(/^[a-z][a-z-]{0,59}$/);

/** What every gate asks for, whichever process it belongs to. */
@ApiTags('reviews')
@Controller('api/gates')
export class GatesController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(REVIEWS) private readonly parts: ReviewParts,
  ) {}

  @Get(':process/:step/form')
  @Answers(200, gateFormSchema, { codes: ['NOT_FOUND'] })
  form(
    @Asked() ask: Ask,
    @Param('process', { schema: name }) process: string,
    @Param('step', { schema: name }) step: string,
  ): Promise<GateForm> {
    return this.answer(ask, async () => gateForm(this.parts.deps, process, step));
  }
}
