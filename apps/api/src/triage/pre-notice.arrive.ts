import { endPreNotice, preNoticeContent } from '#libs/db/stores/pre-notice.store';
import { type Tx } from '#libs/db/transaction';
import { assessmentOfReport, type PrehospitalReport } from '#libs/processes/triage/triage.pre-notice';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { enterPreNotice, type PreNoticeContent, recorded } from './pre-notice';
import { type ArrivalBody } from './pre-notice.schema';
import { register, type RegistrationAnswer } from './register';
import { type PatientBody } from './triage.schema';

/**
 * Registers whoever was announced, exactly once: what was found before arrival comes first into the case, marked as such,
 * then what the desk sends.
 */
export const arriveAnnounced = async (
  tx: Tx,
  { preNoticeId, body, timeScale }: { preNoticeId: string; body: ArrivalBody; timeScale: number },
): Promise<RegistrationAnswer | Refusal> => {
  const notice = await enterPreNotice(tx, preNoticeId);
  if (isRefusal(notice)) return notice;
  const reports = (preNoticeContent(tx, notice) as PreNoticeContent).reports.map(({ report }) => report);
  const registration = {
    ...body,
    wardId: notice.wardId,
    arrivalMode: 'ambulance' as const,
    patient: arriving(body.patient, reports.at(-1)),
  };
  const registered = await register(tx, registration, { timeScale, prehospital: reports.map(assessmentOfReport) });
  if (isRefusal(registered)) return registered;
  const { caseId } = registered;
  await recorded(tx, await endPreNotice(tx, notice, { state: 'arrived', caseId }), { action: 'arrived', detail: {} });
  return registered;
};

/** Sex and age as announced, where the desk knows no better. */
const arriving = (
  patient: PatientBody = { unidentified: true, sex: 'unknown', identifiers: [] },
  report: PrehospitalReport | undefined,
): PatientBody => {
  const years = patient.birthDate === undefined ? (patient.estimatedAgeYears ?? report?.estimatedAgeYears) : undefined;
  return {
    ...patient,
    sex: patient.sex === 'unknown' ? (report?.sex ?? 'unknown') : patient.sex,
    ...(years !== undefined && { estimatedAgeYears: years }),
  };
};
