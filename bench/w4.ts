import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { readForInstallation } from '#libs/db/transaction';
import { connectTemporal } from '#libs/temporal/temporal-link';
import { createPayloadCodec } from '#libs/temporal/payload-codec';
import { createWorkflowDoor, type WorkflowDoor } from '#libs/temporal/workflow-door';
import { runLanes } from './sides/side';
import { type Arrived, decideByHand, registerPatient } from './sides/product.side';
import { type BenchSite } from './site/bench-site';
import { type Desk } from './site/desk';

/** What came of so many decisions made, and so many signals forged, before a workflow has had time to look. */
export interface W4Result {
  /** Decisions of 0–5 ms after their review was opened that were answered with success. */
  readonly decided: number;
  /** Of these, not carried out by their workflow once nothing more was carried out for {@link quietMs}. */
  readonly lost: number;
  /** Of these, not exactly one in the ledger. */
  readonly doubled: number;
  /** Patients whose workflow got signals with made-up decision ids, at its start and 0–5 ms later. */
  readonly forged: number;
  /** Of these, decided or carried out by it. */
  readonly obeyed: number;
  /** Of these, raised as an alarm. */
  readonly alarmed: number;
}

const earlyMs = 5;
const forgedEvery = 10;
const quietMs = 60_000;

interface Marks {
  readonly decided: string[];
  readonly forged: string[];
}

/** W4: has so many patients decided too early, each tenth of them beside one whose workflow is signalled too early. */
export const runW4 = async (
  site: BenchSite,
  size: { readonly decisions: number; readonly lanes: number },
  say: (line: string) => void,
): Promise<W4Result> => {
  const marks: Marks = { decided: [], forged: [] };
  const door = openDoor(site);
  const { desks, ledger } = site;
  const { wardId } = ledger;
  let begun = 0;
  await runLanes({ flows: size.decisions, lanes: size.lanes }, async (lane) => {
    const at = { lane, wardId };
    begun += 1;
    if (begun % 1000 === 0) say(`  ${begun} of ${size.decisions}`);
    if (begun % forgedEvery === 0) await forgeEarly(door, await registerPatient(desks, at), marks);
    marks.decided.push(await decideEarly(desks, lane, await registerPatient(desks, at)));
  });
  return count(site, marks);
};

const decideEarly = async (desks: readonly Desk[], lane: number, arrived: Arrived): Promise<string> => {
  await sleep(randomInt(earlyMs + 1));
  await decideByHand(desks, { lane, ...arrived });
  return arrived.reviewId;
};

/** Signals until Temporal knows the workflow, which is within a millisecond of its start, and once more after that. */
const forgeEarly = async (door: WorkflowDoor, { caseId }: Arrived, { forged }: Marks): Promise<void> => {
  const forge = () =>
    door.signal({
      workflowId: `triage:${caseId}`,
      signalName: 'decided',
      args: [{ decisionId: uuidv7() }],
      requestId: uuidv7(),
    });
  while (!(await forge()).ok) await sleep(1);
  await sleep(randomInt(earlyMs + 1));
  await forge();
  forged.push(caseId);
};

const openDoor = ({ installation, ledger, closing }: BenchSite): WorkflowDoor => {
  const namespace = installation.env['TEMPORAL_NAMESPACE'] ?? 'countersign';
  const link = connectTemporal({ address: installation.addresses.temporal ?? '', namespace }, 'bench');
  closing(() => link.close());
  const codec = createPayloadCodec({ ring: ledger.ring, namespace, side: 'client', onRejected: () => undefined });
  return createWorkflowDoor({ link, codec });
};

const countSql = `
select (select count(*) from unnest($1::uuid[]) early(review)
    where not exists (select from decision d where d.review_id = early.review and d.committed_at is not null))::int lost,
  (select count(*) from unnest($1::uuid[]) early(review)
    where (select count(*) from decision d where d.review_id = early.review) <> 1)::int doubled,
  (select count(*) from unnest($2::uuid[]) forged(kase)
    where exists (select from decision d join review r on r.id = d.review_id where r.case_id = forged.kase)
      or exists (select from audit a where a.action = 'triage.commit' and a.case_ids @> array[forged.kase]))::int obeyed,
  (select count(distinct n.case_id) from notice n where n.kind = 'unbacked-signal' and n.case_id = any($2))::int alarmed`;

type Counted = Pick<W4Result, 'lost' | 'doubled' | 'obeyed' | 'alarmed'>;

const count = async ({ ledger }: BenchSite, { decided, forged }: Marks): Promise<W4Result> => {
  const sizes = { decided: decided.length, forged: forged.length };
  let [open, since] = [Infinity, Date.now()];
  for (;;) {
    const [row] = await readForInstallation<Counted>(ledger.source, countSql, [decided, forged]);
    if (!row) throw new Error('the ledger did not count');
    const left = row.lost + forged.length - row.alarmed;
    if (left < open) [open, since] = [left, Date.now()];
    if (left === 0 || Date.now() - since > quietMs) return { ...sizes, ...row };
    await sleep(2000);
  }
};
