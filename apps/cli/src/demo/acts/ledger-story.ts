import { draftsOf } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { type AuditRow, joinRepeats, lineOf } from '../story';

interface CaseRow {
  readonly caseId: string;
  readonly ticketNo: number;
  readonly reviewIds: readonly string[];
}

interface SignatureRow {
  readonly id: string;
  readonly content_ct: Buffer;
  readonly printed_name: string;
  readonly licence_no: string | null;
  readonly role: string;
  readonly meaning: string;
  readonly reason_code: string | null;
}

/** Prints what audit and ledger know of each patient: who saw what, who decided what, what the model drafted. */
export const ledgerStory = async (stage: Stage, narrator: Narrator): Promise<void> => {
  narrator.chapter({ zh: '台账讲述的经过', en: 'The story as the ledger tells it' });
  const cases = await stage.query<CaseRow>(
    `select t.case_id "caseId", t.ticket_no "ticketNo",
       array(select r.id::text from review r where r.case_id = t.case_id order by r.round) "reviewIds"
     from triage_case t order by t.ticket_no`,
  );
  for (const one of cases) {
    narrator.line('');
    narrator.line(`${one.ticketNo} 号 · ticket ${one.ticketNo}`);
    for (const told of joinRepeats(await auditOf(stage, one.caseId))) narrator.line(`  ${lineOf(told)}`);
    for (const reviewId of one.reviewIds) await tellReview(stage, narrator, reviewId);
  }
};

const auditOf = ({ query }: Stage, caseId: string): Promise<AuditRow[]> =>
  query(
    `select at, actor_name actor, action, outcome, code, (detail ->> 'signatures')::int signatures from audit
     where $1 = any(case_ids) or entity_id in (select id from review where case_id = $1) order by at, id`,
    [caseId],
  );

const tellReview = async (stage: Stage, narrator: Narrator, reviewId: string): Promise<void> => {
  for (const { version, level, model } of await draftsOf(stage, reviewId))
    narrator.line(`  草稿 draft ${version}: ${level ?? '按底线 the floor applies'} (${model})`);
  for (const signature of await signaturesOf(stage, reviewId)) narrator.line(`  ${signed(stage, signature)}`);
};

const signaturesOf = ({ query }: Stage, reviewId: string): Promise<SignatureRow[]> =>
  query(
    `select id, content_ct, printed_name, licence_no, role, meaning, reason_code from signature
     where review_id = $1 and voided_at is null order by sequence`,
    [reviewId],
  );

const signed = ({ cipher }: Stage, row: SignatureRow): string => {
  const { level } = cipher.openJson(['signature', 'content_ct', row.id], row.content_ct) as { level: string };
  const reason = row.reason_code === null ? '' : `, ${row.reason_code}`;
  return `签名 signed: ${level}, ${row.printed_name} ${row.licence_no ?? ''} (${row.role}, ${row.meaning}${reason})`;
};
