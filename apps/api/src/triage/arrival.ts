import { type CaseEntity } from '#libs/db/entities/case.entity';
import { insertCase, type NewCase } from '#libs/db/stores/case.store';
import { insertFact } from '#libs/db/stores/fact.store';
import { record, workflowIdOf } from '#libs/db/stores/record.store';
import { insertTriageCase } from '#libs/db/stores/triage.store';
import { type Tx } from '#libs/db/transaction';
import { triageProcess } from '#libs/processes/triage/triage.contract';
import { localDay } from '#libs/triage-desk/patient-facts';

/** A patient who arrives at a desk, with a visit that is stored already. */
export interface Arrival {
  readonly wardId: string;
  readonly patientId: string;
  readonly visitId: string;
  readonly arrivedAt: Date;
  readonly timeZone: string;
  readonly straightToResus: boolean;
  readonly corrects: NewCase['corrects'];
  /** What was said at registration beside who it is (how they came, why); nothing is stored of an empty one. */
  readonly said: Readonly<Record<string, string>>;
}

/**
 * Opens the triage case of an arrival: case, place in the queue, audit row, and the start of its workflow. The caller
 * draws its ticket when everything else is done.
 */
export const openTriageCase = async (tx: Tx, arrival: Arrival): Promise<CaseEntity> => {
  const { wardId, patientId, visitId, corrects, arrivedAt, straightToResus } = arrival;
  const state = 'awaiting-assessment';
  const of = await insertCase(tx, { process: 'triage', wardId, patientId, visitId, state, corrects: corrects ?? null });
  const day = localDay(new Date(), arrival.timeZone);
  await insertTriageCase(tx, { caseId: of.id, wardId, arrivedAt, day, straightToResus });
  await storeSaid(tx, of, arrival);
  await record(tx, {
    audit: {
      action: 'triage.register',
      entityType: 'case',
      entityId: of.id,
      caseIds: [of.id],
      ...(corrects && { detail: { corrects: corrects.caseId, reason: corrects.reason } }),
    },
    tell: {
      kind: 'start',
      workflowId: workflowIdOf('triage', of.id),
      name: triageProcess.workflowType,
      args: [{ caseId: of.id }],
    },
    changed: { topic: 'case', entityId: of.id, wardId },
  });
  return of;
};

const storeSaid = async (tx: Tx, of: CaseEntity, { said, arrivedAt }: Arrival): Promise<void> => {
  if (Object.keys(said).length === 0) return;
  const source = tx.principal.kind === 'user' ? 'person' : 'feed';
  const fact = { caseId: of.id, kind: 'registration', source, vitals: {} } as const;
  await insertFact(tx, { ...fact, content: said, effectiveAt: arrivedAt });
};
