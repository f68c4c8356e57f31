import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { type Cursors, type Page } from '../http/cursor';
import { Answers } from '../http/documented';
import { ANSWER, CURSORS } from '../tokens';
import { type MessageListed, messagesAnswerSchema, type MessagesQuery, messagesQuerySchema } from './interop.schema';
import { listMessages } from './messages';

/** What became of the messages of other systems. */
@ApiTags('interop')
@Controller('api/interop')
export class MessagesController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get('messages')
  @Answers(200, messagesAnswerSchema)
  messages(
    @Asked() ask: Ask,
    @Query({ schema: messagesQuerySchema }) query: MessagesQuery,
  ): Promise<Page<MessageListed>> {
    return this.answer(ask, listMessages(this.cursors, query));
  }
}
