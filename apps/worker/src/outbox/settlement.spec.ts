import * as fc from 'fast-check';
import { type DueEntry } from '#libs/db/stores/outbox.store';
import { type Answer, isAway, settlementOf } from './settlement';

const entry = (over: Partial<DueEntry> = {}): DueEntry => ({
  id: 'e',
  kind: 'signal',
  workflowId: 'triage:1',
  name: 'decided',
  args: [],
  attempts: 0,
  followed: false,
  ...over,
});
const refused = (reason: Exclude<Answer, { ok: true }>['reason']): Answer => ({ ok: false, reason });
const reasons = [
  'already-started',
  'not-found',
  'namespace-missing',
  'invalid',
  'denied',
  'unavailable',
  'failed',
] as const;

describe('the settlement of an entry', () => {
  it('is sent when delivered, and for a start also when it was started before', () => {
    expect(settlementOf(entry(), { ok: true })).toEqual({ id: 'e', outcome: 'sent' });
    expect(settlementOf(entry({ kind: 'start' }), refused('already-started'))).toEqual({ id: 'e', outcome: 'sent' });
    expect(settlementOf(entry(), refused('already-started')).outcome).toBe('later');
  });

  it('is dead for a signal to a closed workflow and for what can never succeed, with the reason', () => {
    expect(settlementOf(entry(), refused('not-found'))).toEqual({ id: 'e', outcome: 'dead', reason: 'not-found' });
    expect(settlementOf(entry({ kind: 'start' }), refused('invalid'))).toMatchObject({ reason: 'invalid' });
    expect(settlementOf(entry({ kind: 'start' }), refused('not-found')).outcome).toBe('later');
  });

  it('never gives up for an outage, a missing namespace, refused credentials or a fault of ours', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('unavailable', 'namespace-missing', 'denied', 'failed'),
        fc.nat(1000),
        (reason, attempts) => {
          const settled = settlementOf(entry({ attempts }), refused(reason as 'denied'));
          expect(settled.outcome).toBe('later');
        },
      ),
    );
  });

  it('comes again later and later: at most 30 s, 5 s while Temporal is away, never at once', () => {
    fc.assert(
      fc.property(fc.constantFrom(...reasons), fc.nat(100_000), (reason, attempts) => {
        const settled = settlementOf(entry({ attempts }), refused(reason));
        if (settled.outcome !== 'later') return;
        expect(settled.delayMs).toBeGreaterThanOrEqual(180);
        expect(settled.delayMs).toBeLessThanOrEqual(isAway(refused(reason)) ? 5000 : 30_000);
        if (attempts > 10) expect(settled.delayMs).toBeGreaterThan(3000);
      }),
    );
  });

  it('counts only an absent Temporal as away', () => {
    expect(reasons.filter((reason) => isAway(refused(reason)))).toEqual(['namespace-missing', 'unavailable']);
    expect(isAway({ ok: true })).toBe(false);
  });
});
