import { randomInt } from 'node:crypto';
import { Client } from 'pg';
import { type ApiDoor, done, signIn } from '#libs/api-client/door';
import { judge, lookForDraft, register, type Registration, signLevel, wardOf } from '../../../apps/cli/src/seed/desk';
import { type Level } from '#libs/processes/triage/triage.level';
import { passwordOf, theSite } from './site';

/** A patient at the desk whose level waits to be signed. */
export interface Patient {
  readonly name: string;
  readonly caseId: string;
  readonly reviewId: string;
}

/** Vital signs that the rules find nothing in. */
export const calmVitals = {
  respiratoryRate: 15,
  spo2: 98,
  onOxygen: false,
  systolic: 125,
  diastolic: 78,
  pulse: 76,
  temperature: 36.8,
  consciousness: 'A',
} as const;

/** Somebody of the demo hospital at the API. */
export const doorOf = (login: string): Promise<ApiDoor> =>
  signIn(theSite().url, { login, password: passwordOf(login) });

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';
const given = '安平宁和清明晓春书文子若思远嘉景';
const pick = (characters: string): string => characters.charAt(randomInt(characters.length));

/** A name that no other patient of the run has, but by chance of one in some thousands. */
export const someName = (): string => `${pick(surnames)}${pick(given)}${pick(given)}${randomInt(100, 1000)}`;

/** Registers a patient of the spec's own, with a first assessment. */
export const arrive = async (
  door: ApiDoor,
  {
    complaint = '胸痛两小时伴出汗',
    vitals = { ...calmVitals },
    name = someName(),
    measuredAt = new Date().toISOString(),
    ...more
  }: Arriving = {},
): Promise<Patient> => {
  const patient = { name, sex: 'male', birthDate: '1970-01-02', ...more } as Registration['patient'];
  const wardId = await wardOf(door, 'EDTR');
  const { caseId, assessment } = await register(door, {
    wardId,
    patient,
    assessment: { complaint, vitals, measuredAt },
  } as Registration);
  return { name, caseId, reviewId: assessment?.reviewId ?? '' };
};

/** What a spec says of its patient. */
export interface Arriving {
  readonly name?: string;
  readonly complaint?: string;
  readonly vitals?: Readonly<Record<string, unknown>>;
  /** ISO instant; now where nothing is said. */
  readonly measuredAt?: string;
  readonly [field: string]: unknown;
}

/** Everybody’s screens are as on their first day again: language, look, keys and columns are kept with the person, for every PC. */
export const forgetPreferences = async (): Promise<void> => void (await ledger('delete from person_preferences'));

/** SQL on the ledger of the run: for looking, and for what no person can bring about. */
export const ledger = async <Row>(text: string, parameters: readonly unknown[] = []): Promise<Row[]> => {
  const client = new Client({ connectionString: theSite().databaseUrl });
  await client.connect();
  try {
    return (await client.query(text, [...parameters])).rows as Row[];
  } finally {
    await client.end();
  }
};

/** How far the model is used for triage from now on. */
export const setRollout = async (mode: 'off' | 'shadow' | 'draft'): Promise<void> => {
  const door = await doorOf('sysadmin');
  try {
    const path = { process: 'triage' };
    const { version } = done(await door.ask('get', '/api/admin/rollouts/{process}', { path }));
    done(await door.ask('put', '/api/admin/rollouts/{process}', { path, version, body: { mode, blindPercent: 0 } }));
  } finally {
    await door.close();
  }
};

/** What was noted of a review beside its signatures, oldest first. */
export const eventsOf = async (reviewId: string): Promise<string[]> => {
  const rows = await ledger<{ kind: string }>('select kind from review_event where review_id = $1 order by at, id', [
    reviewId,
  ]);
  return rows.map(({ kind }) => kind);
};

/** Signs a level by hand or on the draft, so that the patient waits in the queue. */
export const signed = async (door: ApiDoor, patient: Patient, level: Level): Promise<void> => {
  await judge(door, patient.reviewId, level);
  const shown = await lookForDraft(door, patient.reviewId);
  done(await signLevel(door, shown, { level, reason: 'clinical-judgement' }));
};
