import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { actingForInstallation } from '#libs/db/for-installation';
import { type Role } from '#libs/auth/roles';
import { readJson } from '#libs/embedded/state-files';
import { startRehearsalServer, type RehearsalServer } from '#libs/llm/rehearsal/server';
import { rehearseAcuity } from '#libs/processes/triage/triage.rehearsal';
import { unpaced } from '../../apps/cli/src/demo/environment';
import { type Installation, removeInstallation, startInstallation } from '../../apps/cli/src/start/installation';
import { type Omittable, type StartOptions } from '../../apps/cli/src/start/start-options';
import { makeHospital, type TestHospital, type TestPerson } from './test-people';

/** What a chat request to the model said, and when it came. */
export interface ModelRequest {
  readonly at: number;
  readonly body: string;
}

/** The rehearsal model inside the test, so that a test can make it slow or see what it was asked. */
export interface TestModel extends RehearsalServer {
  /** Before the first token, milliseconds; may be changed at any time. */
  latencyMs: number;
  readonly requests: ModelRequest[];
}

/** A whole installation of real processes on a throw-away state folder. */
export interface TestInstallation {
  readonly installation: Installation;
  readonly model: TestModel;
  /** Everything it writes lies below, but for PostgreSQL's data. */
  readonly folder: string;
  readonly hospital: TestHospital;
  /** The desk where patients arrive. */
  readonly ward: string;
  /** SQL as the owner of the ledger: for looking, and for faults. */
  sql<Row>(text: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** Somebody with these roles on the whole hospital. */
  person(...roles: Role[]): Promise<TestPerson>;
  /** The port on which PostgreSQL or Temporal really listens. */
  portOf(part: 'postgres' | 'temporal-frontend'): number;
  stop(): Promise<void>;
}

/** What a spec changes about the installation it shares. */
export interface TestInstallationOptions extends Pick<StartOptions, 'workers'> {
  readonly childEnv?: Readonly<Record<string, string>>;
  readonly leaveOut?: readonly Omittable[];
}

/* What a shell of ours may hold must not reach the children of a test. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) =>
        !/^(COUNTERSIGN_|DATABASE_|TEMPORAL_ADDRESS|TEMPORAL_NAMESPACE|DEEPSEEK_|OIDC_|TLS_|API_|NODE_OPTIONS)/.test(
          name,
        ),
    ),
  );

/** Boots an installation with the model in the test and a hospital without patients; ten seconds on two cores. */
export const startTestInstallation = async (options: TestInstallationOptions = {}): Promise<TestInstallation> => {
  const { leaveOut = [], ...rest } = options;
  const folder = mkdtempSync(join(tmpdir(), 'countersign-chaos-'));
  const [stateDir, temporary] = [join(folder, 'state'), join(folder, 'tmp')];
  mkdirSync(temporary);
  const model = await startTestModel();
  const installation = await startInstallation({
    stateDir,
    env: {
      ...cleanEnvironment(),
      DEEPSEEK_BASE_URL: model.baseUrl,
      DEEPSEEK_MODEL: model.model,
      DEEPSEEK_SLOTS: '64',
      ...unpaced,
      TMPDIR: temporary,
      TZ: 'UTC',
    },
    leaveOut: ['seed', ...leaveOut],
    quiet: true,
    ...rest,
  });
  const pool = ownerOf(installation);
  const sql = async <Row>(text: string, parameters: readonly unknown[] = []) =>
    (await pool.query(text, [...parameters])).rows as Row[];
  const hospital = await makeHospital(ownerUrl(installation));
  let people = 0;
  return {
    installation,
    model,
    folder,
    hospital,
    ward: hospital.wards[0],
    sql,
    person: (...roles) =>
      hospital.person(
        `p${(people += 1)}`,
        roles.map((role) => [role, null] as const),
      ),
    portOf: (part) => readJson<Record<string, number>>(join(stateDir, 'ports.json'))?.[part] ?? 0,
    stop: async () => {
      await pool.end();
      await installation.stop();
      await model.close();
      await removeInstallation(stateDir);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** Where the owner of the ledger connects, to see every row. */
export const ownerUrl = ({ env }: Installation): string => actingForInstallation(env['DATABASE_MIGRATION_URL']!);

const ownerOf = (installation: Installation): Pool => {
  const pool = new Pool({ connectionString: ownerUrl(installation), application_name: 'chaos', max: 8 });
  pool.on('error', () => undefined); // a test may stop PostgreSQL; the next query says so
  return pool;
};

const startTestModel = async (): Promise<TestModel> => {
  const requests: ModelRequest[] = [];
  const options = {
    drafters: { triage_acuity: rehearseAcuity },
    latencyMs: 20,
    allowFaults: true,
    onRequest: ({ body }: { body: string }) => void requests.push({ at: Date.now(), body }),
  };
  const server = await startRehearsalServer(options);
  return Object.defineProperty({ ...server, requests, latencyMs: options.latencyMs }, 'latencyMs', {
    get: () => options.latencyMs,
    set: (ms: number) => {
      options.latencyMs = ms;
    },
  });
};
