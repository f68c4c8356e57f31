import fc from 'fast-check';
import { type ServicePrincipal, type UserPrincipal } from '#libs/auth/principal';
import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { isBelowFloor, isLessUrgent, type Level } from '#libs/processes/triage/triage.level';
import { isEnded, type TriageState } from '#libs/processes/triage/triage.moves';
import { isRefusal } from '#libs/review/refusal';
import { countOf } from '../../../../test/support/counts';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

type Step =
  | {
      readonly kind: 'assess';
      readonly by: 'nurse' | 'monitor';
      readonly vitals: Assessment['vitals'];
      readonly retriage: boolean;
    }
  | { readonly kind: 'sign'; readonly level: Level }
  | { readonly kind: 'move'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'undo' };

const vitals = fc.constantFrom<Assessment['vitals']>(
  calm,
  {},
  { pulse: 160 },
  { ...calm, spo2: 85 },
  { ...calm, respiratoryRate: 22, pulse: 112 },
  { ...calm, systolic: 60 },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    kind: fc.constant('assess' as const),
    by: fc.constantFrom('nurse' as const, 'monitor' as const),
    vitals,
    retriage: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('sign' as const), level: fc.constantFrom<Level>('I', 'II', 'III', 'IVb') }),
  fc.record({
    kind: fc.constant('move' as const),
    body: fc.constantFrom(
      { move: 'call', room: '1' },
      { move: 'return' },
      { move: 'see' },
      { move: 'close', disposition: 'admitted' },
      { move: 'leave' },
      { move: 'cancel', reason: 'x' },
    ),
  }),
  fc.record({ kind: fc.constant('undo' as const) }),
);

const runs = countOf('desk walks');

describe('the triage desk, whatever happens at it', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;
  let monitor: ServicePrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
    monitor = await ledger.service(['triage:write']);
  });

  afterAll(() => ledger?.stop());

  const take = async (caseId: string, one: Step): Promise<unknown> => {
    if (one.kind === 'move') return triage.move(nurse, caseId, one.body);
    if (one.kind === 'undo') return triage.undo(nurse, caseId);
    if (one.kind === 'sign') return (await triage.openReviewOf(caseId)) ? triage.sign(nurse, caseId, one.level) : null;
    const { by, kind: _, ...sent } = one;
    return triage.assess(by === 'nurse' ? nurse : monitor, caseId, sent);
  };
  const snapshot = async (caseId: string) => {
    const [of, row, reviews, moves, told, openTasks] = await Promise.all([
      triage.caseNow(caseId),
      triage.standing(caseId),
      triage.reviews(caseId),
      ledger.sql<{ move: string }>('select move from case_move where case_id = $1 order by seq', [caseId]),
      triage.told(caseId),
      ledger.sql('select from task where case_id = $1 and done_at is null and cancelled_at is null', [caseId]),
    ]);
    const audited = told.filter(({ action }) => action.startsWith('triage.')).length;
    return { of, row, reviews, moves, audited, openTasks };
  };

  it('never lowers a level but by a signature, loses no review, and writes every step down', async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (steps) => {
        const { caseId } = await triage.arrive(nurse, null);
        let before = await snapshot(caseId);
        for (const one of steps) {
          const answer = await take(caseId, one);
          const after = await snapshot(caseId);
          if (isRefusal(answer) || answer === null) {
            expect(after).toEqual(before);
            continue;
          }
          taken += 1;
          check(one, before, after);
          before = after;
        }
      }),
      { numRuns: runs, seed: 20_261_123 },
    );
    expect(taken).toBeGreaterThan(runs * 2);
  }, 300_000);

  type Snapshot = Awaited<ReturnType<typeof snapshot>>;

  const check = (one: Step, before: Snapshot, after: Snapshot): void => {
    checkLevel(before, after);
    checkReviews(after);
    expect(after.audited).toBe(before.audited + (one.kind === 'sign' ? 0 : 1));
    const moved = one.kind === 'move' || one.kind === 'undo';
    expect(after.moves.length).toBe(before.moves.length + (moved ? 1 : 0));
  };

  const checkLevel = (before: Snapshot, { of, row }: Snapshot): void => {
    const [was, is] = [before.row.level as Level | null, row.level as Level | null];
    const signed = row.decisionId !== before.row.decisionId;
    if (was !== null && !signed) expect(is !== null && !isLessUrgent(is, was)).toBe(true);
    if (!row.provisional) expect(row.level).toBe(row.decidedLevel);
    if (row.decidedLevel !== null) expect(of.state).not.toBe('assessing');
  };

  const checkReviews = ({ of, row, reviews, openTasks }: Snapshot): void => {
    const open = reviews.filter(({ state }) => state === 'open' || state === 'awaiting-second');
    const ended = isEnded(of.state as TriageState);
    expect([ended, open.length <= 1]).toEqual([of.endedAt !== null, true]);
    if (ended) expect([open.length, openTasks.length]).toEqual([0, 0]);
    else if (reviews.length > 0 && row.decidedLevel === null) expect(open).toHaveLength(1);
    for (const { floor } of open) {
      expect(row.floor).toBe(floor);
      expect(row.level !== null && isBelowFloor(row.level as Level, floor as Level | null)).toBe(false);
    }
  };
});
