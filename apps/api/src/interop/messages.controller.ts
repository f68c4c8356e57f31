import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { type Cursors, type Page, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS, INTAKE } from '../tokens';
import { type IntakeParts } from './intake';
import { dismissMessage } from './dismiss';
import {
  deadLettersQuerySchema,
  type DismissBody,
  type Dismissed,
  dismissedSchema,
  dismissSchema,
  type MessageListed,
  messagesAnswerSchema,
  messageSchema,
  type MessageShown,
  type MessagesQuery,
  messagesQuerySchema,
  type Replayed,
  replayedSchema,
} from './interop.schema';
import { listDeadLetters, listMessages, showMessage } from './messages';
import { replayMessage } from './replay';

/** What became of the messages of other systems. */
@ApiTags('interop')
@Controller('api/interop')
export class MessagesController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
    @Inject(INTAKE) private readonly intake: IntakeParts,
  ) {}

  @Get('messages')
  @Answers(200, messagesAnswerSchema)
  messages(
    @Asked() ask: Ask,
    @Query({ schema: messagesQuerySchema }) query: MessagesQuery,
  ): Promise<Page<MessageListed>> {
    return this.answer(ask, listMessages(this.cursors, query));
  }

  @Get('dead-letters')
  @Answers(200, messagesAnswerSchema)
  deadLetters(
    @Asked() ask: Ask,
    @Query({ schema: deadLettersQuerySchema }) query: PageQuery,
  ): Promise<Page<MessageListed>> {
    return this.answer(ask, listDeadLetters(this.cursors, query));
  }

  @Get('messages/:id')
  @Answers(200, messageSchema, { codes: ['NOT_FOUND'] })
  message(@Asked() ask: Ask, @Id() id: string): Promise<MessageShown> {
    return this.answer(ask, showMessage(id));
  }

  @Post('messages/:id/replays')
  @Answers(201, replayedSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED', 'CONFLICT'] })
  replay(@AskedOnce() ask: Ask, @Id() id: string): Promise<Replayed> {
    return this.answer(ask, replayMessage(id, this.intake.settings));
  }

  @Post('messages/:id/dismissals')
  @Answers(201, dismissedSchema, { codes: ['NOT_FOUND', 'TRANSITION_NOT_ALLOWED'] })
  dismiss(
    @AskedOnce() ask: Ask,
    @Id() id: string,
    @Body({ schema: dismissSchema }) body: DismissBody,
  ): Promise<Dismissed> {
    return this.answer(ask, dismissMessage(id, body));
  }
}
