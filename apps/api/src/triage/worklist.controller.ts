import { Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { personOf } from '../auth/caller';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER } from '../tokens';
import { acknowledge, type Acknowledged, myNotices, type NoticeListed } from './notices';
import { myTasks, type TaskListed } from './tasks';
import { acknowledgedSchema, noticesAnswerSchema, tasksAnswerSchema } from './triage.answers';

/** What a person is told and what is due: ids, codes and tickets, no patient data. */
@ApiTags('worklist')
@Controller('api')
export class WorklistController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Get('notices')
  @Answers(200, noticesAnswerSchema)
  async notices(@Asked() ask: Ask): Promise<{ items: NoticeListed[] }> {
    return this.answer(ask, myNotices(personOf(ask.principal)));
  }

  @Post('notices/:id/acknowledge')
  @HttpCode(200)
  @Answers(200, acknowledgedSchema, { codes: ['NOT_FOUND'] })
  async acknowledge(@AskedOnce() ask: Ask, @Id() id: string): Promise<Acknowledged> {
    return this.answer(ask, acknowledge(personOf(ask.principal), id));
  }

  @Get('tasks')
  @Answers(200, tasksAnswerSchema)
  tasks(@Asked() ask: Ask): Promise<{ items: TaskListed[] }> {
    return this.answer(ask, myTasks);
  }
}
