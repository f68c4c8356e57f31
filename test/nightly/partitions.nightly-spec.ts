import { setTimeout as sleep } from 'node:timers/promises';
import { type Desk } from '../support/installation-desk';
import { type ExtraProcess, startProcess } from '../support/installation-process';
import { shareInstallation } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';
import { type Proxy, startProxy, type Weather } from '../support/proxy';
import { largest, report } from './figures';
import { arriveInsisting, noted, type Seen, signInsisting } from './load';
import { nightly } from './nightly-counts';

jest.setTimeout(7_200_000);

const weathers: readonly Weather[] = [
  { kind: 'black-hole' },
  { kind: 'reset' },
  { kind: 'latency', ms: 2000 },
  { kind: 'slicer', bytes: 64, everyMs: 1 },
  { kind: 'limit-data', bytes: 4096 },
];

/** How long the API may take for any answer: a second for a connection, eleven for each of two statements, and five. */
const longestAnswerMs = 28_000;

describe('partitions', () => {
  const chaos = shareInstallation({ leaveOut: ['worker'] });
  // The API never speaks to Temporal: what it tells workflows goes through the outbox.
  const links = ['API to PostgreSQL', 'worker to PostgreSQL', 'worker to Temporal', 'worker to model'] as const;
  let proxies: Readonly<Record<(typeof links)[number], Proxy>>;
  let processes: ExtraProcess[] = [];
  let nurse: Desk;
  let slowest = 0;

  const through = (name: 'DATABASE_URL', proxy: Proxy): string => {
    const url = new URL(chaos.site.installation.env[name]!);
    url.port = String(proxy.port);
    return url.href;
  };

  beforeAll(async () => {
    const to = (port: () => number) => startProxy(port);
    proxies = {
      'API to PostgreSQL': await to(() => chaos.site.portOf('postgres')),
      'worker to PostgreSQL': await to(() => chaos.site.portOf('postgres')),
      'worker to Temporal': await to(() => chaos.site.portOf('temporal-frontend')),
      'worker to model': await to(() => chaos.site.model.port),
    };
    const worker = {
      DATABASE_URL: through('DATABASE_URL', proxies['worker to PostgreSQL']),
      TEMPORAL_ADDRESS: `127.0.0.1:${proxies['worker to Temporal'].port}`,
      DEEPSEEK_BASE_URL: `http://127.0.0.1:${proxies['worker to model'].port}/v1`,
    };
    const api = { DATABASE_URL: through('DATABASE_URL', proxies['API to PostgreSQL']) };
    processes = [
      await startProcess(chaos.site, 'worker', { label: 'worker-by-proxies', env: worker }),
      await startProcess(chaos.site, 'api', { label: 'api-by-proxy', env: api }),
    ];
  }, 120_000);
  // A session ends after an hour.
  beforeEach(async () => {
    nurse = (await chaos.somebody('triage_nurse')).at(processes[1]!.url);
  });
  afterAll(async () => {
    Object.values(proxies ?? {}).forEach((proxy) => proxy.weather(null));
    for (const each of processes) await each.stop();
    report('D-6', { 'slowest answer ms': slowest });
    for (const proxy of Object.values(proxies ?? {})) await proxy.stop();
  }, 60_000);

  const drafted = async (reviewId: string) =>
    (await chaos.site.sql('select 1 from draft where review_id = $1', [reviewId])).length > 0;
  /** From now until a patient is registered, drafted, signed and carried out, in milliseconds. */
  const backToNormal = async (): Promise<number> => {
    const began = Date.now();
    const patient = await arriveInsisting([], chaos.site, nurse);
    await eventually('the draft', () => drafted(patient.reviewId), 120_000);
    const signed = await signInsisting([], nurse, patient);
    chaos.told([signed.answer]);
    await chaos.carriedOut([signed], 120_000);
    return Date.now() - began;
  };
  /** Patients one after the other, each with a new key; they are decided once the weather is fair. */
  const workUnder = async (seen: Seen[], untilMs: number): Promise<void> => {
    while (Date.now() < untilMs) {
      await noted(seen, 'queue', () => nurse.get('/api/triage/queue'));
      await sleep(250);
    }
  };

  it.each(links.flatMap((link) => weathers.map((weather) => [link, weather.kind, weather] as const)))(
    'D-6: %s, %s: answers come in time, and all is well within 30 s of the end',
    async (link, kind, weather) => {
      const seen: Seen[] = [];
      const patients = await chaos.arrive(nurse, 2);
      proxies[link].weather(weather);
      const until = Date.now() + nightly('D-6 seconds') * 1000;
      const signing = patients.map((patient) => signInsisting(seen, nurse, patient));
      const outcomes = Promise.all([...signing, workUnder(seen, until)]);
      await sleep(Math.max(0, until - Date.now()));
      proxies[link].weather(null);
      const healedMs = await backToNormal();
      await outcomes;
      const signed = await Promise.all(signing);
      chaos.told(signed.map(({ answer }) => answer));
      await chaos.carriedOut(signed, 60_000);
      const longest = largest(seen.map(({ sentAt, at }) => at - sentAt));
      slowest = Math.max(slowest, longest);
      if (healedMs > 5000 || longest > 5000)
        report('D-6', { [`${link}, ${kind}: slowest answer ms`]: longest, 'healed after ms': healedMs });
      expect(signed.map(({ answer }) => answer.status)).toEqual([201, 201]);
      expect(seen.filter(({ status }) => status >= 300 && status !== 503)).toEqual([]);
      expect(longest).toBeLessThanOrEqual(longestAnswerMs);
      expect(healedMs).toBeLessThanOrEqual(30_000);
    },
  );
});
