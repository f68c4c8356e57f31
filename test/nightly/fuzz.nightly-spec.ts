import { readFileSync } from 'node:fs';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { boardKinds } from '#libs/auth/kiosk';
import { roles, scopes } from '#libs/auth/roles';
import { newSessionSecrets, secretHash, sessionCookie } from '#libs/auth/session';
import { acuity } from '#libs/processes/triage/triage.contract';
import { boardHeaders, machineHeaders, manual } from '../support/installation-desk';
import { shareInstallation } from '../support/installation-suite';
import { inLanes } from '../support/installation-wait';
import { type Access, policy } from '../../apps/api/src/auth/policy';
import { describedOperations, type Operation } from './api-description';
import { report } from './figures';
import { nightly, short } from './nightly-counts';
import { fitting, hostile, sent, type Sources } from './schema-arbitrary';

jest.setTimeout(3_600_000);

type Headers = Readonly<Record<string, string>>;

/** One request, before it is known who exists and what does. */
interface Shot {
  readonly operation: Operation;
  readonly who: string;
  readonly path: string;
  readonly headers: Headers;
  readonly body?: string;
}

const batchSize = 250;
/* Where the ids of a path's kind lie. */
const tables: Readonly<Record<string, string>> = {
  cases: 'cases',
  reviews: 'review',
  notices: 'notice',
  messages: 'inbound_message',
  users: 'app_user',
  grants: 'role_grant',
  'service-accounts': 'service_account',
  kiosks: 'kiosk',
  'rule-packs': 'rule_pack_set',
  'manual-switches': 'manual_switch',
  wards: 'ward',
};
const json = 'application/json';

/* Who may call a route: people by role, machines by scope, boards by kind. */
const allowedBy = (access: Access | undefined): readonly string[] => {
  if (typeof access !== 'object') return roles;
  return 'kiosk' in access ? boardKinds : [...access.roles, ...(access.scopes ?? [])];
};

describe('the API under fuzz', () => {
  const chaos = shareInstallation();
  /** Ids that exist, by the part of a path that names their kind. */
  let pool: Readonly<Record<string, readonly string[]>> = {};
  /** The operations that did what they were asked at least once: those behind every door. */
  const succeeded = new Set<string>();

  const idsOf = (kind?: string) =>
    fc.oneof(
      {
        weight: 8,
        arbitrary: fc.nat().map((at) => {
          const some = (kind && pool[kind]) ?? Object.values(pool).flat();
          return some[at % Math.max(1, some.length)] ?? randomUUID();
        }),
      },
      { weight: 1, arbitrary: fc.uuid() },
    );
  const { content, judgement } = acuity.examples;
  const sourcesOf = (kind?: string): Sources => ({ ids: idsOf(kind), contents: fc.constantFrom(content, judgement) });
  const callers = ['nobody', ...roles, ...scopes, ...boardKinds];
  /** Mostly somebody whom the policy lets in, or few requests would come far. */
  const callerOf = ({ method, path }: Operation): fc.Arbitrary<string> => {
    const route = `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
    const access: Access | undefined = Object.entries(policy).find(([declared]) => declared === route)?.[1];
    const allowed = allowedBy(access);
    return fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...allowed) },
      { weight: 1, arbitrary: fc.constantFrom(...callers) },
    );
  };

  const bodyOf = ({ body, method }: Operation): fc.Arbitrary<string | undefined> => {
    if (method === 'GET') return fc.constant(undefined);
    const written = (body === null ? hostile : sent(body, sourcesOf())).map((value) => JSON.stringify(value));
    return fc.oneof(
      { weight: 20, arbitrary: written },
      { weight: 1, arbitrary: fc.constantFrom('{', '[1,]', '"\\ud800"', '{"a":1,"a":2}', '[[[[[[', '') },
    );
  };
  const pathOf = ({ path, parameters }: Operation) =>
    fc.record(
      Object.fromEntries(
        parameters
          .filter((one) => one.in === 'path')
          .map(({ name, schema }) => {
            const [, kind] = new RegExp(`([\\w-]+)/\\{${name}\\}`).exec(path) ?? [];
            const right = { weight: 15, arbitrary: fitting(schema, sourcesOf(kind)) };
            return [name, fc.oneof(right, { weight: 1, arbitrary: hostile })];
          }),
      ),
    );
  const textsOf = ({ parameters }: Operation, place: 'query' | 'header') => {
    const here = parameters.filter((one) => one.in === place);
    const values = here.map(({ name, schema }) => [name, sent(schema, sourcesOf())] as const);
    return fc.record(Object.fromEntries(values), { requiredKeys: [] });
  };
  // Through bytes: a lone surrogate has no place in an address.
  const textOf = (value: unknown): string =>
    Buffer.from(typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toString();
  const filled = (path: string, values: Readonly<Record<string, unknown>>): string =>
    path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(textOf(values[name])) || 'x');
  const printable = (text: string): string => text.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, 300);

  const shotAt = (operation: Operation): fc.Arbitrary<Shot> =>
    fc
      .record({
        who: callerOf(operation),
        path: pathOf(operation),
        query: textsOf(operation, 'query'),
        header: textsOf(operation, 'header'),
        keyed: fc.integer({ min: 0, max: 9 }),
        version: fc.constantFrom(0, 1, 1, 1, 2, 3),
        body: bodyOf(operation),
      })
      .map(({ who, path, query, header, keyed, version, body }) => {
        const pairs = Object.entries(query).map(([name, value]): [string, string] => [name, textOf(value)]);
        const search = new URLSearchParams(pairs).toString();
        return {
          operation,
          who,
          path: `${filled(operation.path, path)}${search === '' ? '' : `?${search}`}`,
          headers: {
            ...(body !== undefined && { 'content-type': json }),
            // Most requests must come through the door of keys and versions to reach what lies behind it.
            'idempotency-key': keyed > 0 ? randomUUID() : printable(textOf(header['Idempotency-Key'] ?? '')),
            'if-match': keyed > 1 ? `"${version}"` : printable(textOf(header['If-Match'] ?? '')),
          },
          ...(body !== undefined && { body }),
        };
      });

  const sessionHeaders = async (userId: string): Promise<Headers> => {
    const { token, csrfToken } = newSessionSecrets();
    await chaos.site.sql(
      `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at)
       values ($1, $2, $3, $4, now() + interval '1 hour')`,
      [randomUUID(), userId, secretHash(token), secretHash(csrfToken)],
    );
    return { cookie: `${sessionCookie}=${token}`, 'x-csrf-token': csrfToken };
  };
  /** New people, machines and boards for each batch: what was fuzzed may have ended their sessions or disabled them. */
  const newCallers = async (): Promise<Record<string, Headers>> => {
    const people = await inLanes(
      [...roles],
      4,
      async (role) => [role, await sessionHeaders((await chaos.site.person(role)).id)] as const,
    );
    const machines = await inLanes(
      [...scopes],
      4,
      async (scope) => [scope, await machineHeaders(chaos.site, [scope])] as const,
    );
    const boards = await inLanes(
      [...boardKinds],
      2,
      async (kind) => [kind, await boardHeaders(chaos.site, kind)] as const,
    );
    return { nobody: {}, ...Object.fromEntries([...people, ...machines, ...boards]) };
  };
  const refillPool = async (): Promise<void> => {
    const nurse = await chaos.somebody('triage_nurse');
    const arrived = await chaos.arrive(nurse, 5);
    chaos.told([await nurse.decide(arrived[0]!.reviewId, manual('II'), { version: 1 })]);
    const drawn = Object.entries(tables).map(async ([kind, table]) => {
      const sql = `select id::text from ${table} order by id desc limit 8`;
      return [kind, (await chaos.site.sql<{ id: string }>(sql)).map(({ id }) => id)] as const;
    });
    pool = Object.fromEntries(await Promise.all(drawn));
  };

  const fire = async ({ path, headers, body, operation }: Shot, caller: Headers): Promise<string | null> => {
    const url = `${chaos.site.installation.addresses.api}${path}`;
    const stopped = new AbortController();
    const late = setTimeout(() => stopped.abort(new Error('no answer within 30 s')), 30_000);
    try {
      const answer = await fetch(url, {
        method: operation.method,
        headers: { ...headers, ...caller },
        body,
        signal: stopped.signal,
      });
      const type = answer.headers.get('content-type');
      if (answer.ok) succeeded.add(`${operation.method} ${operation.path}`);
      if (type?.startsWith('text/event-stream')) return null;
      if (answer.status >= 500 && operation.path !== '/healthz/readiness')
        return `${answer.status} ${await answer.text()}`;
      return operation.fault({ status: answer.status, type, text: await answer.text() });
    } catch (thrown) {
      return `no answer: ${String(thrown)}`;
    } finally {
      clearTimeout(late);
      stopped.abort();
    }
  };

  const residentMiB = (): number => {
    const status = readFileSync(`/proc/${chaos.site.installation.part('api').pid()}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
  };

  it('F-1: every operation, as everybody: no fault of ours, no answer that is not as described, no growth', async () => {
    const operations = describedOperations();
    const shots = fc.oneof(...operations.map(shotAt));
    const seed = randomInt(2 ** 31);
    const pid = chaos.site.installation.part('api').pid();
    const faults = new Map<string, string>();
    const total = nightly('F-1 requests');
    let warm = 0;
    for (let fired = 0; fired < total; fired += batchSize) {
      await refillPool();
      const by = await newCallers();
      const batch = fc.sample(shots, { numRuns: Math.min(batchSize, total - fired), seed: seed + fired });
      await inLanes(batch, 4, async (shot) => {
        const fault = await fire(shot, by[shot.who] ?? {});
        const { method, path } = shot.operation;
        if (fault !== null)
          faults.set(
            `${method} ${path}: ${fault.replaceAll(/[0-9a-f-]{36}/g, '…').slice(0, 160)}`,
            `${shot.who} ${shot.path} ${shot.headers['if-match']} ${shot.body}`.slice(0, 600),
          );
      });
      if (warm === 0 && fired >= total / 4) warm = residentMiB();
    }
    await sleep(2000);
    const growth = residentMiB() / warm - 1;
    report('F-1', {
      requests: total,
      seed: String(seed),
      'operations that succeeded': `${succeeded.size} of ${operations.length}`,
      'RSS MiB warm': warm,
      'RSS growth %': growth * 100,
    });
    expect(succeeded.size).toBeGreaterThan(operations.length / 3);
    expect(Object.fromEntries(faults)).toEqual({});
    expect(chaos.site.installation.part('api').pid()).toBe(pid);
    const log = readFileSync(`${chaos.site.installation.stateDir}/logs/api.log`, 'utf8');
    expect(log.split('\n').filter((line) => /unhandled/i.test(line))).toEqual([]);
    if (!short) expect(growth).toBeLessThanOrEqual(0.1);
  });
});
