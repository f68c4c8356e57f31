import { createModelEndpoint, type ModelEndpoint } from '#libs/llm/endpoint';
import { type Log } from '../log';
import { type Metrics } from '../metrics/metrics';
import { type ModelConfig } from '../worker-config';

/** Makes the client of the model and has its abilities probed; nothing waits for that, and drafting learns them too. */
export const openModel = (config: ModelConfig, { log, metrics }: { log: Log; metrics: Metrics }): ModelEndpoint => {
  const { ca, apiKey, ...rest } = config;
  const model = createModelEndpoint({
    ...rest,
    apiKey: apiKey ?? null,
    ...(ca !== undefined && { ca }),
    onEvent: metrics.modelEvent,
  });
  const { refused } = model.status();
  if (refused !== null) log.error({ reason: refused }, 'the model may not be reached: every draft will be manual');
  else
    void model.probe().then(
      (probed) =>
        probed.ok
          ? log.info({}, 'the model answers')
          : log.warn({ reason: probed.reason }, 'the model does not answer'),
      () => log.warn({}, 'the model cannot be probed'),
    );
  return model;
};
