import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { type Announcements, announceSql, listenTo } from '#libs/db/announcements';
import { readForInstallation } from '#libs/db/transaction';
import { type BenchSite } from '../site/bench-site';
import { type Desk, successOf } from '../site/desk';
import { runSql } from '../site/installation';
import { type DraftSide } from './draft-side';
import { type Side } from './side';

const drafted = { table: 'draft', key: 'review_id', channel: 'bench_drafted' };
const carriedOut = { table: 'decision', column: 'committed_at', key: 'review_id', channel: 'bench_committed' };

/** The product in the two ways in which a person decides. */
export interface ProductSides {
  /** Rollout off: a nurse signs her own level as soon as the patient is registered. */
  readonly manual: Side;
  /** The model drafts: a nurse judges, is shown the draft as soon as it is there, and approves it. */
  readonly drafted: Side;
}

/** A patient of level III by the rules: nothing warns or asks to look again while the bench runs. */
export const registrationOf = (wardId: string) => ({
  wardId,
  patient: {
    name: '基准患者',
    sex: 'female',
    birthDate: '1971-03-05',
    identifiers: [{ authority: 'bench', type: 'MR', value: uuidv7() }],
  },
  arrivalMode: 'walk-in',
  assessment: {
    complaint: '发热伴咳嗽三天，今晨起气短，右侧胸痛，咳黄痰',
    vitals: {
      respiratoryRate: 22,
      spo2: 95,
      onOxygen: false,
      systolic: 118,
      pulse: 104,
      temperature: 38.4,
      consciousness: 'A',
    },
    flags: { infectionSuspected: true },
    measuredAt: new Date().toISOString(),
  },
});

/** What a registration with an assessment answers, as far as the bench reads it. */
interface Registered {
  readonly caseId: string;
  readonly assessment: { readonly reviewId: string; readonly floor: string | null; readonly level: string | null };
}

/* A signature row is never changed, so its transaction is the one that decided; the last transaction that touched the
   decision row is the one in which the workflow carried it out. */
const latencySql = `
select extract(epoch from pg_xact_commit_timestamp(d.xmin) - pg_xact_commit_timestamp(s.xmin))::float8 * 1000 ms
from decision d join signature s on s.id = d.first_signature where d.review_id = any($1)`;

/** Opens the product's side: triggers announce drafts and commits, so that nothing polls. */
export const openProductSides = async ({ desks, ledger, superuser, closing }: BenchSite): Promise<ProductSides> => {
  const url = superuser('countersign');
  await runSql(url, announceSql(drafted) + announceSql(carriedOut));
  const announced = await listenTo(url, [drafted.channel, carriedOut.channel]);
  closing(announced.close);
  const pool = new Pool({ connectionString: url, max: 1 });
  closing(() => pool.end());
  const latencies: Side['latencies'] = async (keys) =>
    (await pool.query<{ ms: number }>(latencySql, [keys])).rows.map(({ ms }) => ms);
  const open = { desks, announced, wardId: ledger.wardId };
  return {
    manual: { name: 'product', latencies, flow: (lane, restMs) => signOwn(open, { lane, restMs }) },
    drafted: { name: 'product', latencies, flow: (lane, restMs) => approveDraft(open, { lane, restMs }) },
  };
};

interface Open {
  readonly desks: readonly Desk[];
  readonly announced: Announcements;
  readonly wardId: string;
}

const deskIn = (desks: readonly Desk[], lane: number): Desk => {
  const desk = desks[lane % desks.length];
  if (!desk) throw new Error('there is no desk');
  return desk;
};

/** A registered patient whose review waits for a level. */
export interface Arrived {
  readonly caseId: string;
  readonly reviewId: string;
  readonly level: string;
}

/** Registers a patient with an assessment at the desk of a lane. */
export const registerPatient = async (
  desks: readonly Desk[],
  { lane, wardId }: { readonly lane: number; readonly wardId: string },
): Promise<Arrived> => {
  const answer = await deskIn(desks, lane).post('/api/triage/cases', registrationOf(wardId));
  const { caseId, assessment } = successOf<Registered>(answer);
  return { caseId, reviewId: assessment.reviewId, level: assessment.floor ?? 'III' };
};

/** Signs a level without a draft at the desk of a lane. */
export const decideByHand = async (
  desks: readonly Desk[],
  { lane, reviewId, level }: { readonly lane: number; readonly reviewId: string; readonly level: string },
): Promise<void> => {
  const body = { action: 'manual', content: { level, department: '内科', note: '' } };
  successOf(await deskIn(desks, lane).post(`/api/reviews/${reviewId}/decisions`, body, 1));
};

const signOwn = async (
  { announced, wardId, desks }: Open,
  { lane, restMs }: { lane: number; restMs: number },
): Promise<string> => {
  const arrived = await registerPatient(desks, { lane, wardId });
  if (restMs > 0) await sleep(restMs);
  await decideByHand(desks, { lane, ...arrived });
  await announced.heard(carriedOut.channel, arrived.reviewId);
  return arrived.reviewId;
};

interface Shown {
  readonly version: number;
  readonly draft: { readonly version: number; readonly sha256: string; readonly content: { readonly level: string } };
  readonly viewSha256: string;
}

const approveDraft = async (
  { announced, wardId, desks }: Open,
  { lane, restMs }: { lane: number; restMs: number },
): Promise<string> => {
  const desk = deskIn(desks, lane);
  const { reviewId, level } = await registerPatient(desks, { lane, wardId });
  await announced.heard(drafted.channel, reviewId);
  if (restMs > 0) await sleep(restMs);
  const path = `/api/reviews/${reviewId}`;
  successOf(await desk.post(`${path}/judgements`, { content: { level } }));
  const shown = successOf<Shown>(await desk.get(path));
  const { version: draftVersion, sha256: draftSha256, content } = shown.draft;
  const reasonCode = content.level === level ? null : 'clinical-judgement';
  const body = { action: 'approve', draftVersion, draftSha256, reasonCode, shownSha256: shown.viewSha256 };
  successOf(await desk.post(`${path}/decisions`, body, shown.version));
  await announced.heard(carriedOut.channel, reviewId);
  return reviewId;
};

const draftsSql = `
select count(*) filter (where draft_version > 0)::int drafted,
  count(*) filter (where draft_version = 0 and draft_failed_code is not null)::int failed
from review where id = any($1)`;

/** The product as something that drafts: patients are registered, and decided by hand in the end. */
export const openProductDrafts = async ({ installation, desks, ledger }: BenchSite): Promise<DraftSide> => {
  await ledger.rollOut('draft');
  return {
    name: 'product',
    begin: async (lane) => (await registerPatient(desks, { lane, wardId: ledger.wardId })).reviewId,
    drafted: async (reviews) => {
      const [row] = await readForInstallation<{ drafted: number; failed: number }>(ledger.source, draftsSql, [reviews]);
      return row ?? { drafted: 0, failed: 0 };
    },
    end: (reviewId, lane) => decideByHand(desks, { lane, reviewId, level: 'III' }),
    pids: () => {
      const { api = [], worker = [] } = installation.pids();
      return { api, worker };
    },
  };
};
