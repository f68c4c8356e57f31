import fc from 'fast-check';
import { breakerReport } from './blame';
import { type Breaker, type BreakerReport, createBreaker } from './breaker';
import { failureReasons, type FailureReason } from './outcome';
import { wireFailure } from './wire-failure';

const limits = { failures: 5, openMs: 1000, maxOpenMs: 8000 };
const down: BreakerReport = { kind: 'down', retryAfterMs: null };
const up: BreakerReport = { kind: 'up' };

const clocked = (): { breaker: Breaker; wait: (ms: number) => void } => {
  let at = 0;
  return { breaker: createBreaker(limits, () => at), wait: (ms) => void (at += ms) };
};

const report = (breaker: Breaker, what: BreakerReport): boolean => {
  const passage = breaker.enter();
  if (passage.ok) passage.report(what);
  return passage.ok;
};

const fail = (breaker: Breaker, times: number): void => {
  for (let time = 0; time < times; time += 1) report(breaker, down);
};

describe('the breaker', () => {
  it('opens at the fifth consecutive failure and not before', () => {
    const { breaker } = clocked();
    fail(breaker, 4);
    expect(breaker.state()).toBe('closed');
    fail(breaker, 1);
    expect(breaker.state()).toBe('open');
    expect(breaker.enter()).toEqual({ ok: false, retryAfterMs: 1000 });
  });

  it('L-4: stays open for the longest time that answers on their way ask for', () => {
    const { breaker, wait } = clocked();
    const passages = [breaker.enter(), breaker.enter(), breaker.enter()];
    const waits = [5000, 120_000, 1000];
    passages.forEach((passage, at) => passage.ok && passage.report({ kind: 'down', retryAfterMs: waits[at] ?? null }));
    wait(119_999);
    expect(breaker.enter()).toEqual({ ok: false, retryAfterMs: 1 });
    wait(1);
    expect(breaker.state()).toBe('half-open');
  });

  it('starts counting again after a success', () => {
    const { breaker } = clocked();
    fail(breaker, 4);
    report(breaker, up);
    fail(breaker, 4);
    expect(breaker.state()).toBe('closed');
  });

  it('lets one probe through when its time is over, and nobody else', () => {
    const { breaker, wait } = clocked();
    fail(breaker, 5);
    wait(1000);
    const probe = breaker.enter();
    expect(probe.ok).toBe(true);
    expect(breaker.enter().ok).toBe(false);
    if (probe.ok) probe.report(up);
    expect(breaker.state()).toBe('closed');
    expect(breaker.enter().ok).toBe(true);
  });

  it('doubles its time with each failed probe up to its limit', () => {
    const { breaker, wait } = clocked();
    fail(breaker, 5);
    const waits = [];
    for (let probe = 0; probe < 5; probe += 1) {
      waits.push(breaker.waitMs());
      wait(breaker.waitMs());
      report(breaker, down);
    }
    expect(waits).toEqual([1000, 2000, 4000, 8000, 8000]);
  });

  it('keeps waiting for a verdict when a probe says nothing', () => {
    const { breaker, wait } = clocked();
    fail(breaker, 5);
    wait(1000);
    report(breaker, { kind: 'neutral' });
    expect(breaker.state()).toBe('half-open');
    expect(breaker.enter().ok).toBe(true);
  });

  it('opens at once for a Retry-After, beyond sixty seconds too', () => {
    const { breaker, wait } = clocked();
    report(breaker, { kind: 'down', retryAfterMs: 120_000 });
    expect(breaker.waitMs()).toBe(120_000);
    wait(119_999);
    expect(breaker.enter().ok).toBe(false);
    wait(1);
    expect(breaker.enter().ok).toBe(true);
  });

  it('believes no Retry-After beyond an hour', () => {
    const { breaker } = clocked();
    report(breaker, { kind: 'down', retryAfterMs: 1e12 });
    expect(breaker.waitMs()).toBe(3_600_000);
  });

  it('hears late reports of requests sent before it opened without opening longer', () => {
    const { breaker } = clocked();
    const early = Array.from({ length: 8 }, () => breaker.enter());
    early.forEach((passage) => passage.ok && passage.report(down));
    expect(breaker.waitMs()).toBe(1000);
  });

  it('counts a report once', () => {
    const { breaker } = clocked();
    const passage = breaker.enter();
    for (let time = 0; time < 9; time += 1) if (passage.ok) passage.report(down);
    expect(breaker.state()).toBe('closed');
  });

  it('never lets more than one request through per opening while the endpoint is down', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 3000 }), { maxLength: 60 }), (pauses) => {
        const { breaker, wait } = clocked();
        fail(breaker, 5);
        let at = 0;
        let allowedAt = breaker.waitMs();
        for (const pause of pauses) {
          wait(pause);
          at += pause;
          const sent = report(breaker, down);
          expect(sent).toBe(at >= allowedAt);
          if (sent) allowedAt = at + breaker.waitMs();
        }
      }),
    );
  });
});

describe('breakerReport', () => {
  const kind = (reason: FailureReason, slow = false): string => breakerReport(wireFailure(reason), slow).kind;

  it('blames the endpoint for what is the endpoint’s', () => {
    expect(
      ['unreachable', 'gap', 'rate-limited', 'server-error', 'not-json', 'no-finish'].map((r) =>
        kind(r as FailureReason),
      ),
    ).toEqual(Array(6).fill('down'));
    expect(kind('total', true)).toBe('down');
  });

  it('does not blame it for the request, the caller or the address', () => {
    expect(kind('total')).toBe('neutral');
    expect(kind('cancelled')).toBe('neutral');
    expect(kind('address-refused')).toBe('neutral');
    expect(['truncated', 'request-refused', 'context-too-long'].map((r) => kind(r as FailureReason))).toEqual(
      Array(3).fill('up'),
    );
    expect(breakerReport(null, true)).toEqual({ kind: 'up' });
  });

  it('has an answer for every reason', () => {
    for (const reason of Object.keys(failureReasons) as FailureReason[])
      expect(kind(reason)).toMatch(/^(up|down|neutral)$/);
  });
});
