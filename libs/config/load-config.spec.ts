import fc from 'fast-check';
import { type Config, scaledMs } from './config';
import { formatConfigErrors } from './config-error';
import type { Environment } from './environment';
import { variable, variableNames } from './environment-schema';
import { loadConfig } from './load-config';
import { neededBy, type Part } from './parts';

const database = {
  DATABASE_URL: 'postgres://countersign_app:fZ8kQ2mX9pLw@db:5432/countersign',
  DATABASE_MIGRATION_URL: 'postgres://countersign_owner:Jd7sV3nT5yRb@db:5432/countersign',
};
const production: Environment = {
  ...database,
  COUNTERSIGN_PROFILE: 'production',
  COUNTERSIGN_STATE_DIR: '/var/lib/countersign',
  COUNTERSIGN_KEK_FILE: '/etc/countersign/kek',
  TEMPORAL_ADDRESS: 'temporal:7233',
  DEEPSEEK_BASE_URL: 'http://10.0.0.8:8000/v1',
  DEEPSEEK_MODEL: 'deepseek-v4-pro',
};
const noFiles = (_path: string): string => {
  throw new Error('ENOENT /run/secrets/CANARY');
};

const load = <P extends Part>(env: Environment, part: P, readText = noFiles) => {
  const loaded = loadConfig(env, { part, readText });
  if (!loaded.ok) throw new Error(formatConfigErrors(loaded.errors));
  return loaded.config;
};
const errorsOf = (env: Environment, part: Part = 'check', readText = noFiles) => {
  const loaded = loadConfig(env, { part, readText });
  return loaded.ok ? [] : loaded.errors;
};
const wrong = (env: Environment, part: Part = 'check'): string[] => errorsOf(env, part).map((error) => error.variable);

describe('loadConfig in the demo', () => {
  it('needs nothing to start, and has a value of ours for what is absent', () => {
    const config = load({}, 'start');
    expect(config).toMatchObject({ profile: 'demo', timeScale: 1, timeZone: 'Asia/Shanghai', logLevel: 'info' });
    expect(config.database).toEqual({ url: undefined, migrationUrl: undefined, poolSize: 10 });
    expect(config.temporal).toMatchObject({ namespace: 'countersign', retentionDays: 3 });
    expect(config.model.deadlines).toEqual({ firstTokenMs: 30_000, gapMs: 15_000, totalMs: 90_000 });
    expect(config.metricsPort).toBeUndefined();
  });

  it.each(Object.keys(neededBy) as Part[])('asks the part %s for exactly what it needs', (part) => {
    expect(wrong({}, part).toSorted()).toEqual([...neededBy[part]].toSorted());
    const complete = { ...production, COUNTERSIGN_PROFILE: 'demo', REHEARSAL_PORT: '8001' };
    expect(wrong(complete, part)).toEqual([]);
  });

  it('does not ask API or worker for the owner’s password', () => {
    const { DATABASE_MIGRATION_URL: _owner, ...rest } = production;
    expect(load(rest, 'api').database.migrationUrl).toBeUndefined();
    expect(load(rest, 'worker').database.url).toBe(database.DATABASE_URL);
  });

  it('gives each part what it needs as a text, for the compiler too', () => {
    const worker: Config<'worker'> = load(production, 'worker');
    const needed: string[] = [worker.database.url, worker.kekFile, worker.temporal.address, worker.model.baseUrl];
    expect(needed.every((one) => one.length > 0)).toBe(true);
    // @ts-expect-error: a worker has no owner's password
    const owner: string = worker.database.migrationUrl;
    expect(owner).toBe(database.DATABASE_MIGRATION_URL);
  });

  it('treats empty and blank as absent, and trims', () => {
    expect(load({ LOG_LEVEL: '', API_PORT: '  ', COUNTERSIGN_PROFILE: ' demo ' }, 'start').listen.port).toBe(3000);
  });

  it('scales contract durations', () => {
    const config = load({ COUNTERSIGN_TIME_SCALE: '0.01' }, 'start');
    expect(scaledMs(config, 90_000)).toBe(900);
    expect(scaledMs(config, 1)).toBe(1);
  });
});

describe('loadConfig errors', () => {
  const broken: Environment = {
    COUNTERSIGN_PROFILE: 'CANARY',
    DATABASE_URL: 'CANARY',
    DATABASE_POOL_SIZE: 'CANARY',
    TEMPORAL_ADDRESS: 'CANARY',
    DEEPSEEK_BASE_URL: 'CANARY',
    DEEPSEEK_ALLOWED_CIDRS: 'CANARY',
    API_PORT: 'CANARY',
    LOG_LEVEL: 'CANARY',
    FACILITY_TIME_ZONE: 'CANARY/CANARY',
    TRUSTED_PROXY_CIDRS: '0.0.0.0/0',
    OIDC_ISSUER: 'https://CANARY',
    TLS_CERT_FILE: '/CANARY',
  };

  it('come all at once, each with rule and example in both languages', () => {
    const errors = errorsOf(broken, 'worker');
    expect(errors.map((error) => error.variable).toSorted()).toEqual(
      [
        ...Object.keys(broken).filter((name) => name !== 'TLS_CERT_FILE'),
        'COUNTERSIGN_KEK_FILE',
        'DEEPSEEK_MODEL',
        'TLS_KEY_FILE',
      ].toSorted(),
    );
    for (const error of errors) {
      expect(error.rule.length).toBeGreaterThan(3);
      expect(error.ruleZh).toMatch(/[\u4e00-\u9fff]/);
      expect(error.example.startsWith(`${error.variable}=`)).toBe(true);
    }
  });

  it('never repeat a value', () => {
    expect(JSON.stringify(errorsOf(broken, 'worker'))).not.toContain('CANARY');
    fc.assert(
      fc.property(fc.constantFrom(...variableNames), fc.stringMatching(/^[a-z]{8}$/), (name, value) => {
        const secret = `CANARY${value}`;
        expect(JSON.stringify(errorsOf({ ...production, [name]: secret }, 'check'))).not.toContain(secret);
      }),
    );
  });

  it('name each variable once', () => {
    const names = wrong({ ...broken, COUNTERSIGN_PROFILE: 'production' }, 'check');
    expect(new Set(names).size).toBe(names.length);
  });

  it('become readable lines', () => {
    expect(formatConfigErrors(errorsOf({ API_PORT: '0' }, 'start'))).toBe(
      'API_PORT: a whole number from 1 to 65535\n  1 到 65535 的整数\n  e.g. API_PORT=3000',
    );
  });

  it('follow from the examples: every documented example is valid together', () => {
    const examples = Object.fromEntries(
      variableNames
        .filter((name) => !['OIDC_ISSUER', 'COUNTERSIGN_PROFILE'].includes(name))
        .map((name) => [name, variable(name).example]),
    );
    expect(wrong(examples, 'check')).toEqual([]);
  });
});

describe('A-8: the address of the model', () => {
  const model = { DEEPSEEK_MODEL: 'deepseek-v4-pro' };

  it.each([
    'http://8.8.8.8/v1',
    'http://169.254.169.254/v1',
    'http://0x08080808/v1',
    'http://010.0.0.1/v1',
    'http://[::ffff:8.8.8.8]/v1',
    'http://0.0.0.0:8000/v1',
  ])('is refused at the start as %s, with what to do and without the value', (DEEPSEEK_BASE_URL) => {
    for (const part of ['start', 'worker', 'check'] as const) {
      const error = errorsOf({ ...production, ...model, DEEPSEEK_BASE_URL }, part);
      expect(error.map(({ variable: name }) => name)).toEqual(['DEEPSEEK_BASE_URL']);
      expect(error[0]?.rule).toContain('DEEPSEEK_ALLOWED_ORIGINS');
      expect(error[0]?.ruleZh).toContain('DEEPSEEK_ALLOWED_CIDRS');
      expect(JSON.stringify(error)).not.toContain(DEEPSEEK_BASE_URL);
    }
  });

  it('may be public where the configuration lists it, and metadata never', () => {
    const at = (DEEPSEEK_BASE_URL: string, allowed: Environment) =>
      wrong({ ...production, ...model, DEEPSEEK_BASE_URL, ...allowed });
    expect(at('https://8.8.8.8/v1', { DEEPSEEK_ALLOWED_ORIGINS: 'https://8.8.8.8' })).toEqual([]);
    expect(at('https://8.8.8.8/v1', { DEEPSEEK_ALLOWED_CIDRS: '8.8.8.0/24' })).toEqual([]);
    expect(at('http://169.254.169.254/v1', { DEEPSEEK_ALLOWED_ORIGINS: 'http://169.254.169.254' })).toEqual([
      'DEEPSEEK_BASE_URL',
    ]);
    expect(at('http://model.hospital.example/v1', {})).toEqual([]);
  });
});

describe('loadConfig and secrets', () => {
  const files = (path: string): string => {
    const texts: Record<string, string> = { '/s/db': `${database.DATABASE_URL}\n`, '/s/empty': ' \n' };
    const text = texts[path];
    if (text === undefined) throw new Error(`ENOENT ${path}`);
    return text;
  };

  it('reads a secret from the file that its twin names', () => {
    const { DATABASE_URL: _url, ...rest } = production;
    expect(load({ ...rest, DATABASE_URL_FILE: '/s/db' }, 'api', files).database.url).toBe(database.DATABASE_URL);
  });

  it.each(['DATABASE_URL', 'DATABASE_MIGRATION_URL', 'TEMPORAL_API_KEY', 'DEEPSEEK_API_KEY'])(
    'refuses a missing or empty file of %s, and both at once',
    (name) => {
      const { [name]: _absent, ...rest } = { ...production, DEEPSEEK_API_KEY: 'k', TEMPORAL_API_KEY: 'k' } as Record<
        string,
        string
      >;
      for (const path of ['/s/none', '/s/empty']) {
        const errors = errorsOf({ ...rest, [`${name}_FILE`]: path }, 'check', files);
        expect(errors.map((error) => error.variable)).toEqual([`${name}_FILE`]);
        expect(JSON.stringify(errors)).not.toContain(path);
      }
      const both = { ...rest, [name]: production[name] ?? 'k', [`${name}_FILE`]: '/s/db' };
      expect(errorsOf(both, 'check', files).map((error) => error.variable)).toEqual([name]);
    },
  );

  it('has no twin for what is not secret', () => {
    expect(load({ LOG_LEVEL_FILE: '/s/none' }, 'start', files).logLevel).toBe('info');
  });
});

describe('loadConfig in production', () => {
  it('accepts a complete configuration', () => {
    expect(wrong(production)).toEqual([]);
    expect(wrong(production, 'start')).toEqual([]);
    expect(load(production, 'worker')).toMatchObject({ profile: 'production', kekFile: '/etc/countersign/kek' });
  });

  it.each([
    'DATABASE_URL',
    'DATABASE_MIGRATION_URL',
    'TEMPORAL_ADDRESS',
    'DEEPSEEK_BASE_URL',
    'DEEPSEEK_MODEL',
    'COUNTERSIGN_KEK_FILE',
  ])('refuses to start without %s', (name) => {
    const { [name]: _absent, ...rest } = production;
    expect(wrong(rest, 'start')).toEqual([name]);
    expect(wrong(rest, 'check')).toEqual([name]);
  });

  it('names everything that is missing at once', () => {
    expect(wrong({ COUNTERSIGN_PROFILE: 'production' }).toSorted()).toEqual([
      'COUNTERSIGN_KEK_FILE',
      'DATABASE_MIGRATION_URL',
      'DATABASE_URL',
      'DEEPSEEK_BASE_URL',
      'DEEPSEEK_MODEL',
      'TEMPORAL_ADDRESS',
    ]);
  });

  it.each<[string, Environment, string]>([
    ['another time scale', { COUNTERSIGN_TIME_SCALE: '0.5' }, 'COUNTERSIGN_TIME_SCALE'],
    ['the rehearsal model', { DEEPSEEK_MODEL: 'Rehearsal-1' }, 'DEEPSEEK_MODEL'],
    ['a rehearsal port', { REHEARSAL_PORT: '8001' }, 'REHEARSAL_PORT'],
    ['the key made for the demo', { COUNTERSIGN_KEK_FILE: '/var/lib/countersign/kek' }, 'COUNTERSIGN_KEK_FILE'],
    ['the same database role twice', { DATABASE_MIGRATION_URL: database.DATABASE_URL }, 'DATABASE_MIGRATION_URL'],
    ['TLS off with an API key', { TEMPORAL_TLS: 'off', TEMPORAL_API_KEY: 'k' }, 'TEMPORAL_TLS'],
    ['half a certificate', { TLS_KEY_FILE: '/etc/tls.key' }, 'TLS_CERT_FILE'],
    ['half a client certificate', { TEMPORAL_TLS_CERT_FILE: '/etc/c.pem' }, 'TEMPORAL_TLS_KEY_FILE'],
    ['a gap longer than the whole', { DEEPSEEK_TOTAL_MS: '14000', DEEPSEEK_FIRST_TOKEN_MS: '9000' }, 'DEEPSEEK_GAP_MS'],
  ])('refuses %s', (_what, over, name) => {
    expect(wrong({ ...production, ...over })).toEqual([name]);
  });

  it('accepts a key beside the state folder', () => {
    expect(wrong({ ...production, COUNTERSIGN_KEK_FILE: '/var/lib/countersign-kek' })).toEqual([]);
  });

  it.each([
    '',
    'postgres',
    'Password',
    'countersign',
    'short-1',
    'aaaaaaaaaaaaaaaa',
    'a-long-password',
    'countersign_app',
    '%70ostgres',
  ])('refuses the database password "%s"', (password) => {
    const url = `postgres://countersign_app${password && `:${password}`}@db/countersign`;
    expect(wrong({ ...production, DATABASE_URL: url })).toEqual(['DATABASE_URL']);
    expect(wrong({ ...production, COUNTERSIGN_PROFILE: 'demo', DATABASE_URL: url })).toEqual([]);
  });

  it.each(['seed', 'rehearsal'] as const)('refuses the part %s altogether', (part) => {
    expect(wrong({ ...production, REHEARSAL_PORT: '8001' }, part)).toContain('COUNTERSIGN_PROFILE');
  });
});

describe('how long a process that is stopped goes on', () => {
  const ofProduction = (env: Environment) => load({ ...production, ...env }, 'start').drain;

  it('is longer than a load balancer’s look and than a draft in production, and short in a demo', () => {
    expect(load({}, 'start').drain).toEqual({ apiMs: 0, workerMs: 5000 });
    expect(ofProduction({})).toEqual({ apiMs: 5000, workerMs: 100_000 });
    expect(ofProduction({ DEEPSEEK_TOTAL_MS: '30500' }).workerMs).toBe(41_000);
  });

  it('is what was asked', () => {
    const asked = { API_DRAIN_SECONDS: '0', WORKER_DRAIN_SECONDS: '7' };
    for (const drain of [ofProduction(asked), load(asked, 'start').drain])
      expect(drain).toEqual({ apiMs: 0, workerMs: 7000 });
  });
});

describe('TLS to Temporal', () => {
  it.each<[string, Environment, boolean]>([
    ['absent by itself', {}, false],
    ['there when asked', { TEMPORAL_TLS: 'on' }, true],
    ['there with a certificate', { TEMPORAL_TLS_CA_FILE: '/ca.pem' }, true],
    ['there with an API key', { TEMPORAL_API_KEY: 'k' }, true],
    ['absent when switched off', { TEMPORAL_TLS: 'off', TEMPORAL_TLS_CA_FILE: '/ca.pem' }, false],
  ])('is %s', (_what, env, present) => {
    expect(load(env, 'start').temporal.tls !== undefined).toBe(present);
  });
});
