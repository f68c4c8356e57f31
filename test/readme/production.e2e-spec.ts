import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '#libs/embedded/free-port';
import { repositoryRoot } from '#libs/embedded/repository';
import { connectTemporal } from '#libs/temporal/temporal-link';
import { type ProductionSite, startProductionSite } from '../support/production-site';
import { bash, type Run, tourEnvironment } from '../support/tour-shell';
import { outputsOf, printed, scriptOf, stepsOf } from './tour';

jest.setTimeout(400_000);

const root = repositoryRoot();
const steps = stepsOf(readFileSync(join(root, 'docs/recipes/run-in-production.md'), 'utf8'));
/* Beside the page, while everything still runs. */
const aside = {
  title: 'aside',
  commands: `pick 'j.gate.reasonCodes.includes("replay")' < "$DIR/review"\n`,
  prints: 'false',
};
const played = [...steps.slice(0, -1), aside, ...steps.slice(-1)];

describe('the recipe of production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-production-'));
  const [etc, state, bin] = ['etc', 'state', 'bin'].map((name) => join(folder, name)) as [string, string, string];
  let site: ProductionSite | undefined;
  let values: Record<string, string>;
  let run: Run;

  const shell = (script: string): Promise<Run> => {
    const env = tourEnvironment();
    return bash(script, { cwd: root, env: { ...env, PATH: `${bin}:${env['PATH']}` } });
  };
  /** Runs a command with the configuration that the recipe wrote, and changes to it. */
  const countersign = (command: string, changes = ''): Promise<Run> =>
    shell(
      `export PATH="$PWD/node_modules/.bin:$PATH"; set -a; . ${etc}/countersign.env; ${changes} set +a
       node --conditions=dist dist/apps/cli/src/main.js ${command}`,
    );
  const rows = async <Row>(sql: string): Promise<Row[]> => {
    const url = new URL(site!.adminUrl);
    url.pathname = '/countersign';
    const client = new Client({ connectionString: url.href });
    await client.connect();
    try {
      return (await client.query(sql)).rows as Row[];
    } finally {
      await client.end();
    }
  };

  beforeAll(async () => {
    for (const made of [etc, bin]) mkdirSync(made);
    writeFileSync(join(bin, 'psql'), `#!/bin/sh\nexec node '${join(root, 'test/support/psql.cjs')}' "$@"\n`);
    chmodSync(join(bin, 'psql'), 0o755);
    site = await startProductionSite();
    site.handOut(etc);
    const [port, metrics, health] = [await freePort(), await freePort(), await freePort()];
    values = {
      ETC: etc,
      STATE: state,
      LOGS: join(folder, 'logs'),
      HOST: 'localhost',
      PORT: String(port),
      METRICS: String(metrics),
      HEALTH: String(health),
      DATABASE: site.database,
      DATABASE_ADMIN: site.adminUrl,
      TEMPORAL: site.address,
      MODEL_URL: site.model.baseUrl,
      MODEL: site.model.name,
    };
    run = await shell(scriptOf(played, values));
  });
  afterAll(async () => {
    await site?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('runs to its end against the servers of a hospital, without a word of complaint', () => {
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(outputsOf(run.stdout)).toHaveLength(played.length);
  });

  it.each(played.map(({ title, prints }, at) => ({ title, prints: prints ?? '', at })))(
    'prints what the page says: $title',
    ({ prints, at }) => {
      expect(outputsOf(run.stdout)[at]).toMatch(printed(prints));
    },
  );

  it('leaves no trace of the demo', async () => {
    const [facts] = await rows<object>(
      `select (select json_agg(json_build_array(name, is_demo)) from organisation) organisations,
         (select json_agg(login order by login) from app_user) people, (select json_agg(code) from ward) wards,
         (select count(*)::int from cases) cases, (select count(*)::int from service_account) machines,
         (select count(*)::int from rule_pack_set) packs, (select count(*)::int from setting) settings,
         (select json_agg(distinct record ->> 'rehearsal') from draft) rehearsed`,
    );
    expect(facts).toEqual({
      organisations: [['市第一医院', false]],
      people: ['admin', 'nurse'],
      wards: ['EDTR'],
      cases: 1,
      machines: 0,
      packs: 0,
      settings: 0,
      rehearsed: ['false'],
    });
    for (const name of ['demo-logins.json', 'demo-service-account.json', 'secrets.json', 'kek', 'waiting-room.json'])
      expect(existsSync(join(state, name))).toBe(false);
  });

  it('gives the product a role that owns nothing, and its processes no other', async () => {
    const owned = await rows(
      `select tablename from pg_tables where schemaname = 'public' and tableowner <> 'countersign_owner'`,
    );
    expect(owned).toEqual([]);
    expect(readFileSync(join(etc, 'countersign.env'), 'utf8')).not.toMatch(/MIGRATION|password/i);
  });

  it.each(['seed', 'seed --waiting-room', 'reset --yes', 'start --fresh'])('refuses %s', async (command) => {
    const { code, stderr } = await countersign(command);
    expect(code).not.toBe(0);
    expect(stderr).not.toBe('');
    expect(await rows('select from app_user')).toHaveLength(2);
  });

  it('has a doctor who says what was spoilt, and what to do', async () => {
    chmodSync(join(etc, 'kek'), 0o644);
    chmodSync(join(etc, 'tls/server.key'), 0o644);
    const { code, stdout } = await countersign('doctor', 'unset TEMPORAL_TLS_CERT_FILE TEMPORAL_TLS_KEY_FILE;');
    expect(code).toBe(1);
    const [found, advised] = [stdout.replaceAll(/\s+/g, ' '), (text: string) => expect(stdout).toContain(`→ ${text}`)];
    expect(found).toContain(`fail TLS others can read ${join(etc, 'tls/server.key')}`);
    advised(`chmod 600 ${join(etc, 'tls/server.key')}`);
    expect(found).toContain(`the key file ${join(etc, 'kek')} cannot be used: open-permissions`);
    expect(found).toMatch(/fail Temporal \S+ namespace countersign: unavailable: it does not accept us/);
    advised('TEMPORAL_TLS_CERT_FILE and TEMPORAL_TLS_KEY_FILE');
    expect(found).toContain(`fail API nothing answers on port ${values['PORT']}`);
    expect(found).toMatch(/ok TLS \S+ holds until/);
    const elsewhere = await countersign('doctor', 'DEEPSEEK_BASE_URL=http://93.184.216.34/v1;');
    expect([elsewhere.code, elsewhere.stdout]).toEqual([1, expect.stringContaining('DEEPSEEK_ALLOWED_CIDRS')]);
  });

  it('hears of Temporal only by its certificate', async () => {
    const { address, temporal } = site!;
    const { namespace } = temporal;
    const caFile = join(etc, 'temporal-ca.pem');
    const [certFile, keyFile] = [join(etc, 'temporal-client.pem'), join(etc, 'temporal-client.key')];
    const states: string[] = [];
    for (const tls of [undefined, { caFile }, { caFile, certFile, keyFile }]) {
      const link = connectTemporal({ address, namespace, ...(tls && { tls }) }, 'test');
      states.push(await link.state(5000));
      await link.close();
    }
    expect(states).toEqual(['unavailable', 'unavailable', 'ready']);
  });
});
