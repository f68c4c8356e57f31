import { Controller, Get, Inject, type OnModuleDestroy, Req, Res } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { type Request, type Response } from 'express';
import { type ApiConfig } from '../api-config';
import { kioskOf } from '../auth/caller';
import { type StreamParts } from '../events/open-stream';
import { createOpenStreams } from '../events/open-streams';
import { type Answer } from '../http/answer';
import { type Ask, Asked } from '../http/ask';
import { Answers } from '../http/documented';
import { ANSWER, CONFIG, STREAMS } from '../tokens';
import { createShowBoard, type ShowBoard } from './board';
import { type Board, boardSchema } from './board.schema';
import { openKioskStream } from './kiosk-stream';

const mostPerKiosk = 5;

/** What a board on a wall reads with its token. */
@ApiTags('kiosk')
@Controller('api/kiosk')
export class KioskController implements OnModuleDestroy {
  private readonly open = createOpenStreams(mostPerKiosk);
  private readonly showBoard: ShowBoard;

  constructor(
    @Inject(STREAMS) private readonly parts: StreamParts,
    @Inject(ANSWER) answer: Answer,
    @Inject(CONFIG) { timeScale }: ApiConfig,
  ) {
    this.showBoard = createShowBoard(answer, timeScale);
  }

  @Get('board')
  @Answers(200, boardSchema, { codes: ['ADDRESS_REFUSED'] })
  show(@Asked() ask: Ask): Promise<Board> {
    return this.showBoard(ask);
  }

  @Get('events')
  @ApiProduces('text/event-stream')
  @Answers(200, null, {
    description:
      'events `ready` and `changed` (read the board again), `beat` at least every 5 seconds, `reconnect` (another process goes on) and `closed` {code}; all but the last carry {}',
    codes: ['ADDRESS_REFUSED', 'RATE_LIMITED'],
  })
  watch(@Asked() ask: Ask, @Req() request: Request, @Res() response: Response): void {
    const kiosk = kioskOf(ask.principal);
    this.open.admit(kiosk.id, response);
    openKioskStream(this.parts, { request, response, kiosk });
    this.open.settle(response);
  }

  onModuleDestroy(): void {
    this.open.endAll();
  }
}
