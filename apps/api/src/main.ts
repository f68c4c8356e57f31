import { readFileSync } from 'node:fs';
import { readKekFile } from '#libs/crypto/kek-file';
import { defaultThrottle, type Throttle } from '#libs/auth/throttle';
import { type Config, scaledMs } from '#libs/config/config';
import { formatConfigErrors } from '#libs/config/config-error';
import { type FeedTls } from '#libs/config/feed';
import { printableConfig } from '#libs/config/printable-config';
import { readEnvironment } from '#libs/config/environment';
import { loadConfig } from '#libs/config/load-config';
import { type ApiConfig, type MllpConfig } from './api-config';
import { createApi } from './create-api';
import { serveMetrics } from './health/metrics';

const [minute, hour] = [60_000, 3_600_000];

/** Scaled like every duration, but never so short that nobody could work with it. */
const atLeast = (least: number, config: Config<'api'>, ms: number): number => Math.max(least, scaledMs(config, ms));

const throttleOf = (config: Config<'api'>): Throttle => ({
  ...defaultThrottle,
  firstLockMs: scaledMs(config, defaultThrottle.firstLockMs),
  longestLockMs: scaledMs(config, defaultThrottle.longestLockMs),
});

const tlsOf = ({ listen: { tls } }: Config<'api'>): Pick<ApiConfig, 'tls'> =>
  tls ? { tls: { cert: readFileSync(tls.certFile), key: readFileSync(tls.keyFile) } } : {};

const mllpTlsOf = ({ certFile, keyFile, clientCaFile }: FeedTls): MllpConfig['tls'] => ({
  cert: readFileSync(certFile),
  key: readFileSync(keyFile),
  ...(clientCaFile !== undefined && { clientCa: readFileSync(clientCaFile) }),
});

const mllpOf = ({ feed }: Config<'api'>): Pick<ApiConfig, 'mllp'> => {
  if (feed?.token === undefined) return {};
  const { host, ports, token, tls, senders } = feed;
  return { mllp: { host, ports, token, senders, ...(tls && { tls: mllpTlsOf(tls) }) } };
};

const kekOf = async ({ kekFile, profile }: Config<'api'>): Promise<Buffer> => {
  const read = await readKekFile(kekFile, { strict: profile === 'production' });
  if (!read.ok) throw new Error(`the file of COUNTERSIGN_KEK_FILE cannot be used: ${read.reason}`);
  return read.kek;
};

const apiConfigOf = async (config: Config<'api'>): Promise<ApiConfig> => ({
  profile: config.profile,
  databaseUrl: config.database.url,
  poolSize: config.database.poolSize,
  kek: await kekOf(config),
  logLevel: config.logLevel,
  ...tlsOf(config),
  ...mllpOf(config),
  trustedProxies: config.listen.trustedProxies,
  timeScale: config.timeScale,
  sessions: { idleMs: atLeast(minute, config, 10 * minute), absoluteMs: atLeast(hour, config, 20 * hour) },
  throttle: throttleOf(config),
  pace: config.pace,
  events: { beatMs: 5000, recheckMs: atLeast(1000, config, minute) },
  printable: printableConfig(config),
});

/** Says why there is no API, and ends. */
const end = (text: string): never => {
  process.stderr.write(`${text}\n`);
  process.exit(2);
};

const main = async (): Promise<void> => {
  const loaded = loadConfig(readEnvironment(), { part: 'api' });
  if (!loaded.ok) return end(`The configuration is not complete:\n${formatConfigErrors(loaded.errors)}`);
  const { listen, metricsPort, drain } = loaded.config;
  const { app, registry, leave } = await createApi(await apiConfigOf(loaded.config));
  await app.listen(listen.port, listen.host);
  const metrics = metricsPort === undefined ? undefined : await serveMetrics(registry, metricsPort);
  const stop = (): void => {
    void leave(drain.apiMs).then(() => {
      metrics?.close();
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
};

const reasonOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'unknown';
  const { detail } = thrown as { detail?: { text?: string } };
  return detail === undefined ? thrown.message : `${thrown.message}: ${detail.text ?? JSON.stringify(detail)}`;
};

main().catch((thrown: unknown) => end(`The API does not start: ${reasonOf(thrown)}`));
