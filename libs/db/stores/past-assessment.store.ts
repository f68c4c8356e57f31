import { type Tx } from '../transaction';

/** An assessment of the past with what the rules read of its patient. */
export interface PastAssessment {
  readonly factId: string;
  readonly caseId: string;
  readonly recordedAt: Date;
  /** As it was stored; whoever reads it checks its shape. */
  readonly content: unknown;
  readonly ageDays: number | null;
  readonly ageEstimated: boolean;
  readonly sex: string;
}

/** Which cases: opened from `from` on and before `to`, the newest first, `limit` at most, those before the case `after`. */
export interface PastCases {
  readonly from: Date;
  readonly to: Date;
  readonly after: string | null;
  readonly limit: number;
}

const casesSql = `
select id from cases where organisation_id = $1 and process = 'triage' and opened_at >= $2 and opened_at < $3
  and ($4::uuid is null or id < $4) order by id desc limit $5`;

/** The triage cases of a stretch of time that the principal reaches, by id, newest first. */
export const pastCases = async (tx: Tx, { from, to, after, limit }: PastCases): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(casesSql, [tx.principal.organisationId, from, to, after, limit]);
  return rows.map(({ id }) => id);
};

interface Row extends Omit<PastAssessment, 'content'> {
  readonly contentCt: Buffer;
}

/** Every assessment of these cases, oldest first. */
export const assessmentsOf = async (tx: Tx, caseIds: readonly string[]): Promise<PastAssessment[]> => {
  const rows = await tx.query<Row>(
    `select f.id "factId", f.case_id "caseId", f.recorded_at "recordedAt", f.content_ct "contentCt",
       p.age_days "ageDays", p.age_estimated "ageEstimated", p.sex
     from fact f join cases c on c.id = f.case_id join patient p on p.id = c.patient_id
     where f.case_id = any ($1::uuid[]) and f.kind = 'assessment' order by f.seq`,
    [caseIds],
  );
  return rows.map(({ contentCt, ...plain }) => ({
    ...plain,
    content: tx.cipher.openJson(['fact', 'content_ct', plain.factId], contentCt),
  }));
};
