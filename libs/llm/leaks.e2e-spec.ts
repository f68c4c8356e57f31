import { inspect } from 'node:util';
import { z } from 'zod';
import { type ModelEvent } from './events';
import { type DraftOutcome } from './outcome';
import { definePrompt } from './prompt';
import { type RehearsalFault, rehearsalFaults } from './rehearsal/faults';
import { CANARY, input, type Note, notePrompt, type Rehearsal, SCALED_DEADLINES, startRehearsal } from './testing';

/** Everything of an outcome but what is kept encrypted. */
const outside = (outcome: { record: { raw: unknown } }): string =>
  inspect({ ...outcome, value: undefined, record: { ...outcome.record, raw: undefined } }, { depth: 20 });

describe('the patient’s text (P-2)', () => {
  let rehearsal: Rehearsal;
  const events: ModelEvent[] = [];
  const printed: string[] = [];
  const ended = new Map<RehearsalFault, DraftOutcome<Note>>();
  let wrong: DraftOutcome<Note>;
  const spies: jest.SpyInstance[] = [];

  beforeAll(async () => {
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      const spy = jest.spyOn(console, method).mockImplementation((...parts: unknown[]) => {
        printed.push(inspect(parts, { depth: 20 }));
      });
      spies.push(spy);
    }
    process.env['OPENAI_LOG'] = 'debug';
    rehearsal = await startRehearsal(
      // Every answer, right or wrong, carries the canary in values and keys.
      { drafters: { spec_note: () => ({ level: CANARY, [CANARY]: CANARY, reasons: [{ text: CANARY, quote: 1 }] }) } },
      {
        slots: { running: 100, waiting: 100 },
        breaker: { failures: 1_000_000, openMs: 1, maxOpenMs: 1 },
        deadlines: { ...SCALED_DEADLINES, totalMs: 900 },
        onEvent: (event) => events.push(event),
      },
    );
    const under = (fault: RehearsalFault | 'none') =>
      rehearsal.endpoint.draft({ prompt: notePrompt, input, maxTokens: 500, headers: { 'x-rehearsal-fault': fault } });
    wrong = await under('none');
    const quiet = rehearsalFaults.filter((fault) => !fault.startsWith('rate-limit'));
    await Promise.all(quiet.map(async (fault) => ended.set(fault, await under(fault))));
    for (const fault of ['rate-limit-1', 'rate-limit-120'] as const) ended.set(fault, await under(fault));
  });
  afterAll(async () => {
    delete process.env['OPENAI_LOG'];
    spies.forEach((spy) => spy.mockRestore());
    await rehearsal.close();
  });

  it.each(rehearsalFaults)('stays inside record.raw under %s', (fault) => {
    const outcome = ended.get(fault)!;
    expect(outcome.ok).toBe(false);
    expect(outside(outcome)).not.toContain(CANARY);
    expect(JSON.stringify({ ...outcome, record: { ...outcome.record, raw: [] } })).not.toContain(CANARY);
  });

  it('was really in what the model wrote', () => {
    expect(JSON.stringify(wrong.record.raw)).toContain(CANARY);
    expect(wrong).toMatchObject({ ok: false, reason: 'schema' });
  });

  it('is in no event, no status and nothing printed', () => {
    expect(events.length).toBeGreaterThan(50);
    expect(inspect([events, rehearsal.endpoint.status(), printed], { depth: 20 })).not.toContain(CANARY);
    expect(printed).toEqual([]);
  });

  it('is not in what a schema of ours throws', async () => {
    const schema = z.strictObject({ level: z.string() }).refine((value) => {
      throw new TypeError(`cannot read ${value.level}`);
    });
    const prompt = definePrompt({
      id: 'spec/throws',
      version: 1,
      instructions: 'x',
      schema,
      schemaName: 'spec_throws',
    });
    const server = await startRehearsal({ drafters: { spec_throws: () => ({ level: CANARY }) } });
    const drafting = server.endpoint.draft({ prompt, input, maxTokens: 500 });
    const thrown: unknown = await drafting.catch((error: unknown) => error);
    await server.close();
    expect(thrown).toMatchObject({ code: 'INTERNAL', detail: { promptId: 'spec/throws' } });
    expect(inspect(thrown, { depth: 20 })).not.toContain(CANARY);
  });
});
