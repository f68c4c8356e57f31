import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { refuse } from '#libs/review/refusal';
import { type Policy } from '../../apps/api/src/auth/policy';
import { type Answer } from '../../apps/api/src/http/answer';
import { type Ask, Asked, AskedOnce, versionOf } from '../../apps/api/src/http/ask';
import { recordShown } from '../../apps/api/src/http/shown';
import { ANSWER } from '../../apps/api/src/tokens';

const thingSchema = z.strictObject({ text: z.string() });
/** The case whose patient the test routes show. */
export const shownCaseId = uuidv7();

/** What must never be found where it was not asked for. */
export const canary = '张三丰-canary';

const store = async (tx: Tx, name: string, text: string): Promise<void> => {
  await tx.query('insert into setting (organisation_id, name, value) values ($1, $2, $3)', [
    tx.principal.organisationId,
    name,
    JSON.stringify({ text }),
  ]);
  await record(tx, { audit: { action: 'test.stored', entityType: 'setting' } });
};

/** Takes a thing that only one may take, as a decision takes a review: lock, look, refuse whoever is late. */
const take = async (tx: Tx, name: string) => {
  const [row] = await tx.query<{ version: number }>('select version from setting where name = $1 for update', [name]);
  if (!row) return refuse('NOT_FOUND');
  if (row.version > 1) return refuse('ALREADY_DECIDED', { by: 'somebody' });
  await tx.query('update setting set version = 2 where name = $1', [name]);
  await record(tx, { audit: { action: 'test.taken', entityType: 'setting' } });
  return { decisionId: uuidv7(), version: 2, z: 1, a: undefined };
};

/** Routes for tests of the answering function: every kind of work it is handed. */
@Controller('api/test')
export class TestController {
  constructor(@Inject(ANSWER) private readonly answer: Answer) {}

  @Post('things')
  make(@AskedOnce() ask: Ask, @Body({ schema: thingSchema }) { text }: { text: string }) {
    return this.answer(ask, async (tx) => {
      const id = uuidv7();
      await store(tx, `thing.${id}`, text);
      return { id, version: 1 };
    });
  }

  @Post('things/:id/takes')
  @HttpCode(200)
  take(@AskedOnce() ask: Ask, @Param('id') id: string, @Body({ schema: thingSchema }) _body: object) {
    return this.answer(ask, (tx) => take(tx, id));
  }

  @Post('shown')
  show(@AskedOnce() ask: Ask) {
    return this.answer(ask, async (tx) => {
      await recordShown(tx, { entityType: 'case', caseIds: [shownCaseId] });
      return { name: canary };
    });
  }

  @Get('patients')
  patients(@Asked() ask: Ask) {
    return this.answer(ask, async (tx) => {
      await recordShown(tx, { entityType: 'case', caseIds: [shownCaseId] });
      return { name: canary };
    });
  }

  @Post('things/:id/held')
  held(@Asked() ask: Ask) {
    return this.answer(ask, () => Promise.resolve(refuse('CLAIM_HELD', { holder: '王医生' })));
  }

  @Post('half-done')
  half(@Asked() ask: Ask) {
    return this.answer(ask, async (tx) => {
      await store(tx, 'half.done', 'never');
      return refuse('CONFLICT');
    });
  }

  @Delete('versioned')
  versioned(@Asked() ask: Ask) {
    return this.answer(ask, () => Promise.resolve({ seen: versionOf(ask) }));
  }

  @Get('broken')
  broken(@Asked() ask: Ask) {
    return this.answer(ask, () => Promise.reject(new Error(`a fault that quotes ${canary}`)));
  }
}

/** Who may call them. */
export const testPolicy: Policy = {
  'POST /api/test/things': 'signed-in',
  'POST /api/test/things/:id/takes': 'signed-in',
  'POST /api/test/shown': 'signed-in',
  'GET /api/test/patients': 'signed-in',
  'POST /api/test/things/:id/held': 'signed-in',
  'POST /api/test/half-done': 'signed-in',
  'DELETE /api/test/versioned': 'signed-in',
  'GET /api/test/broken': { roles: ['triage_nurse'] },
};
