import { createModelEndpoint, type ModelEndpoint } from '#libs/llm/endpoint';
import { type ProbeOutcome } from '#libs/llm/probe';
import { type ModelStanding, type Standing } from '../health/standing';
import { type Log } from '../log';
import { type Metrics } from '../metrics/metrics';
import { type ModelConfig } from '../worker-config';

/** Makes the client of the model and has its abilities probed; nothing waits for that, and drafting learns them too. */
export const openModel = (
  config: ModelConfig,
  { log, metrics, standing }: { log: Log; metrics: Metrics; standing: Standing },
): ModelEndpoint => {
  const { ca, apiKey, ...rest } = config;
  const model = createModelEndpoint({
    ...rest,
    apiKey: apiKey ?? null,
    ...(ca !== undefined && { ca }),
    onEvent: metrics.modelEvent,
  });
  const { refused } = model.status();
  const known: ModelStanding = { status: () => model.status(), probe: null, probeNow: () => probing.now() };
  const probing = refused === null ? startProbing(model, known, log) : noProbing;
  standing.model = known;
  if (refused !== null) {
    note(known, refused);
    log.error({ reason: refused }, elsewhere);
  }
  return {
    ...model,
    close: () => {
      probing.stop();
      return model.close();
    },
  };
};

/** Probing under way: probe now, or never again. */
interface Probing {
  readonly now: () => Promise<void>;
  readonly stop: () => void;
}

/* An address that may not be reached is not probed. */
const noProbing: Probing = { now: () => Promise.resolve(), stop: () => undefined };

const note = (known: ModelStanding, reason: string | null): void =>
  void (known.probe = { at: new Date().toISOString(), ok: reason === null, reason });

const againMs = 60_000;

/** Probes at once, whenever asked, and every minute while the last probe failed; one at a time. */
export const startProbing = (model: Pick<ModelEndpoint, 'probe'>, known: ModelStanding, log: Log): Probing => {
  const stopping = new AbortController();
  let running: Promise<void> | null = null;
  let again: NodeJS.Timeout | undefined;
  const probe = async (): Promise<void> => {
    clearTimeout(again);
    try {
      const probed = await model.probe(stopping.signal);
      note(known, probed.ok ? null : probed.reason);
      tellProbed(log, probed);
    } catch {
      note(known, 'failed');
      log.warn({}, 'the model cannot be probed');
    }
    if (known.probe?.ok || stopping.signal.aborted) return;
    again = setTimeout(() => void now(), againMs);
    again.unref();
  };
  const now = (): Promise<void> => {
    running ??= probe().finally(() => {
      running = null;
    });
    return running;
  };
  void now();
  return {
    now,
    stop: () => {
      clearTimeout(again);
      stopping.abort();
    },
  };
};

const elsewhere =
  'the model may not be reached, every draft will be manual: its address must be private, or listed in DEEPSEEK_ALLOWED_CIDRS or DEEPSEEK_ALLOWED_ORIGINS';

/* The worker runs on: it carries decisions and escalations, which need no model. */
const tellProbed = (log: Log, probed: ProbeOutcome): void => {
  if (probed.ok) log.info({}, 'the model answers');
  else if (probed.code === 'EGRESS_REFUSED') log.error({ reason: probed.reason }, elsewhere);
  else log.warn({ reason: probed.reason }, 'the model does not answer');
};
