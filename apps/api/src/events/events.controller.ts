import {
  type BeforeApplicationShutdown,
  Controller,
  Get,
  Inject,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  Req,
  Res,
} from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { STREAMS } from '../tokens';
import { personOf } from '../auth/caller';
import { openStream, type StreamParts } from './open-stream';
import { createOpenStreams } from './open-streams';

const mostPerPerson = 20;

/** What changed, as it changes: ids only, over Server-Sent Events. */
@ApiTags('events')
@Controller('api/events')
export class EventsController implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly open = createOpenStreams(mostPerPerson);

  constructor(@Inject(STREAMS) private readonly parts: StreamParts) {}

  @Get()
  @ApiProduces('text/event-stream')
  @Answers(200, null, {
    description:
      'events `ready`, `change` {topic, id}, `beat` (every five seconds: what was told until now is current), `reset` (read everything again), `reconnect` (another process goes on from the last id) and `closed` {code}',
    codes: ['RATE_LIMITED'],
  })
  async watch(@Asked() ask: Ask, @Req() request: Request, @Res() response: Response): Promise<void> {
    const { id } = personOf(ask.principal);
    this.open.admit(id, response);
    await openStream(this.parts, { request, response, principal: ask.principal });
    this.open.settle(response);
  }

  onApplicationBootstrap(): void {
    this.parts.feed.start();
  }

  onModuleDestroy(): void {
    this.open.endAll();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.feed.stop();
  }
}
