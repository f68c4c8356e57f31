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
import { CountersignError } from '#libs/errors/errors';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { STREAMS } from '../tokens';
import { personOf } from '../auth/caller';
import { openStream, type StreamParts } from './open-stream';
import { reconnectText } from './stream';

const mostPerPerson = 20;

/** What changed, as it changes: ids only, over Server-Sent Events. */
@ApiTags('events')
@Controller('api/events')
export class EventsController implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly open = new Map<Response, string>();
  private stopping = false;

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
    const own = [...this.open.values()].filter((reader) => reader === id).length;
    if (own >= mostPerPerson) throw new CountersignError('RATE_LIMITED', { retryAfterSeconds: 60 });
    this.open.set(response, id);
    response.once('close', () => this.open.delete(response));
    await openStream(this.parts, { request, response, principal: ask.principal });
    if (this.stopping) response.end(reconnectText());
  }

  onApplicationBootstrap(): void {
    this.parts.feed.start();
  }

  onModuleDestroy(): void {
    this.stopping = true;
    for (const response of this.open.keys()) response.end(reconnectText());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.parts.feed.stop();
  }
}
