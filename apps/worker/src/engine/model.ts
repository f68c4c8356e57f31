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
  const known: ModelStanding = { status: () => model.status(), probe: null };
  standing.model = known;
  const noted = (ok: boolean, reason: string | null): void =>
    void (known.probe = { at: new Date().toISOString(), ok, reason });
  if (refused !== null) {
    noted(false, refused);
    log.error({ reason: refused }, elsewhere);
  } else
    void model.probe().then(
      (probed) => {
        noted(probed.ok, probed.ok ? null : probed.reason);
        tellProbed(log, probed);
      },
      () => {
        noted(false, 'failed');
        log.warn({}, 'the model cannot be probed');
      },
    );
  return model;
};

const elsewhere =
  'the model may not be reached, every draft will be manual: its address must be private, or listed in DEEPSEEK_ALLOWED_CIDRS or DEEPSEEK_ALLOWED_ORIGINS';

/* The worker runs on: it carries decisions and escalations, which need no model. */
const tellProbed = (log: Log, probed: ProbeOutcome): void => {
  if (probed.ok) log.info({}, 'the model answers');
  else if (probed.code === 'EGRESS_REFUSED') log.error({ reason: probed.reason }, elsewhere);
  else log.warn({ reason: probed.reason }, 'the model does not answer');
};
