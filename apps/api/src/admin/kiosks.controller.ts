import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type KioskRow } from '#libs/db/stores/kiosk.store';
import { type Answer } from '../http/answer';
import { type Ask, Asked, AskedOnce } from '../http/ask';
import { type Cursors, type Page, type PageQuery } from '../http/cursor';
import { Answers } from '../http/documented';
import { Id } from '../http/parameters';
import { ANSWER, CURSORS } from '../tokens';
import { addKiosk, type KioskShownOnce, kiosksPageOf, removeKiosk } from './kiosks';
import { kioskShownOnceSchema, kiosksPage, kiosksQuery, type NewKioskBody, newKioskSchema } from './kiosks.schema';

/** Boards on the walls and their tokens, for the system administrator. */
@ApiTags('admin')
@Controller('api/admin/kiosks')
export class KiosksController {
  constructor(
    @Inject(ANSWER) private readonly answer: Answer,
    @Inject(CURSORS) private readonly cursors: Cursors,
  ) {}

  @Get()
  @Answers(200, kiosksPage)
  list(@Asked() ask: Ask, @Query({ schema: kiosksQuery }) query: PageQuery): Promise<Page<KioskRow>> {
    return this.answer(ask, kiosksPageOf(this.cursors, query));
  }

  @Post()
  @Answers(201, kioskShownOnceSchema, { codes: ['NOT_FOUND', 'CONFLICT'] })
  add(@AskedOnce() ask: Ask, @Body({ schema: newKioskSchema }) body: NewKioskBody): Promise<KioskShownOnce> {
    return this.answer(ask, addKiosk(body));
  }

  @Delete(':id')
  @HttpCode(204)
  @Answers(204, null, { codes: ['NOT_FOUND'] })
  async revoke(@Asked() ask: Ask, @Id() id: string): Promise<void> {
    await this.answer(ask, removeKiosk(id));
  }
}
