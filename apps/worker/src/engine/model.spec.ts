import { type ProbeOutcome } from '#libs/llm/probe';
import { unprobedProfile } from '#libs/llm/profile';
import { type ModelStanding } from '../health/standing';
import { type Log } from '../log';
import { startProbing } from './model';

const good: ProbeOutcome = { ok: true, profile: unprobedProfile };
const bad: ProbeOutcome = {
  ok: false,
  code: 'MODEL_UNREACHABLE',
  reason: 'unreachable',
  retryable: true,
  retryAfterMs: null,
};
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined } as unknown as Log;

describe('probing the model', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const started = (outcomes: readonly (ProbeOutcome | Error)[]) => {
    const left = [...outcomes];
    const probe = jest.fn(async (): Promise<ProbeOutcome> => {
      const next = left.shift() ?? good;
      if (next instanceof Error) throw next;
      return next;
    });
    const known: ModelStanding = { status: jest.fn(), probe: null, probeNow: () => Promise.resolve() };
    return { probe, known, probing: startProbing({ probe }, known, silent) };
  };

  it('begins at once, and goes on every minute while it fails, however it fails', async () => {
    const { probe, known, probing } = started([bad, new Error('broken'), good]);
    await probing.now();
    expect(known.probe).toMatchObject({ ok: false, reason: 'unreachable' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(known.probe).toMatchObject({ ok: false, reason: 'failed' });
    await jest.advanceTimersByTimeAsync(60_000);
    expect(known.probe).toMatchObject({ ok: true, reason: null });
    await jest.advanceTimersByTimeAsync(600_000);
    expect(probe).toHaveBeenCalledTimes(3);
  });

  it('probes again when it is asked, once for all who ask at a time', async () => {
    const { probe, probing } = started([good]);
    await Promise.all([probing.now(), probing.now()]);
    expect(probe).toHaveBeenCalledTimes(1);
    await Promise.all([probing.now(), probing.now()]);
    expect(probe).toHaveBeenCalledTimes(2);
  });

  it('ends with the model', async () => {
    const { probe, probing } = started([bad]);
    await probing.now();
    probing.stop();
    await jest.advanceTimersByTimeAsync(600_000);
    expect(probe).toHaveBeenCalledTimes(1);
  });
});
