import { v7 as uuidv7 } from 'uuid';
import { AdmissionRequestEntity } from '../entities/admission-request.entity';
import { type CaseEntity } from '../entities/case.entity';
import { type Tx } from '../transaction';

/** Leaves an admission request for the bed desk; one that was cancelled stands again. */
export const requestAdmission = async (tx: Tx, of: CaseEntity): Promise<void> => {
  await tx.query(
    `insert into admission_request (id, case_id, organisation_id, requested_by) values ($1, $2, $3, $4)
     on conflict (case_id) do update set state = 'requested' where admission_request.state = 'cancelled'`,
    [uuidv7(), of.id, of.organisationId, tx.principal.kind === 'user' ? tx.principal.id : null],
  );
};

/** Takes the admission request of a case back; false when the bed desk has taken it up. True also without one. */
export const cancelAdmission = async (tx: Tx, caseId: string): Promise<boolean> => {
  const request = await tx.manager.findOne(AdmissionRequestEntity, {
    where: { caseId },
    lock: { mode: 'pessimistic_write' },
  });
  if (request?.state === 'taken') return false;
  if (request) await tx.manager.update(AdmissionRequestEntity, { id: request.id }, { state: 'cancelled' });
  return true;
};

/** The admission request of a case; null when it left none. */
export const admissionOf = (tx: Tx, caseId: string): Promise<AdmissionRequestEntity | null> =>
  tx.manager.findOneBy(AdmissionRequestEntity, { caseId });
