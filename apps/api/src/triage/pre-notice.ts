import { digestOf } from '#libs/crypto/digest';
import { type PreNoticeEntity } from '#libs/db/entities/pre-notice.entity';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import {
  correctPreNotice,
  endPreNotice,
  insertPreNotice,
  lockPreNotice,
  preNoticeContent,
} from '#libs/db/stores/pre-notice.store';
import { record } from '#libs/db/stores/record.store';
import { type Tx } from '#libs/db/transaction';
import { mostUrgent } from '#libs/packs/acuity';
import { isLessUrgent, type Level } from '#libs/processes/triage/triage.level';
import { evaluateReport, isUrgent, type PrehospitalReport, urgencyOf } from '#libs/processes/triage/triage.pre-notice';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { yearsInDays } from '#libs/triage-desk/patient-facts';
import { futureRefusal } from './assess';
import { deskRefusal, reachableWard } from './desk';
import {
  type CorrectionBody,
  type EndingBody,
  type PreNoticeAnswer,
  type PreNoticeBody,
  type PreNoticeView,
} from './pre-notice.schema';

/** What a pre-notice keeps encrypted. */
export interface PreNoticeContent {
  readonly announcer: PreNoticeBody['announcer'];
  readonly reports: PreNoticeView['reports'];
}

const hourMs = 3_600_000;

/** Takes down that somebody is on the way. They wait for nothing yet: no case, no ticket, no clock. */
export const announce = async (tx: Tx, body: PreNoticeBody): Promise<PreNoticeAnswer | Refusal> => {
  const { wardId, announcer, report } = body;
  const ward = await reachableWard(tx, wardId);
  if (isRefusal(ward)) return ward;
  const refusal = deskRefusal(tx, wardId) ?? timeRefusal(body.expectedAt) ?? reportRefusal(report);
  if (refusal) return refusal;
  const { floor, urgency } = await found(tx, report);
  const reports = [entryOf(tx, report)];
  const expectedAt = new Date(body.expectedAt);
  const notice = await insertPreNotice(tx, { wardId, expectedAt, floor, content: { announcer, reports } });
  await tellUrgent(tx, notice, { urgency, before: null });
  const detail = { floor, expectedAt: expectedAt.toISOString() };
  return recorded(tx, notice, { action: 'announce', after: digestOf(report), detail });
};

/** A change of the pre-notice in the version that was shown. */
export interface PreNoticeOrder<Body> {
  readonly preNoticeId: string;
  readonly version: number;
  readonly body: Body;
}

/** Corrects when the patient is expected, or adds what is found by now. The floor never falls by a later report. */
export const correct = async (
  tx: Tx,
  { preNoticeId, version, body }: PreNoticeOrder<CorrectionBody>,
): Promise<PreNoticeAnswer | Refusal> => {
  const notice = await enterPreNotice(tx, preNoticeId, version);
  if (isRefusal(notice)) return notice;
  const { expectedAt = notice.expectedAt.toISOString(), report } = body;
  const late = body.expectedAt === undefined ? null : timeRefusal(expectedAt);
  const refusal = late ?? (report ? reportRefusal(report) : null);
  if (refusal) return refusal;
  const { floor, urgency } = report ? await found(tx, report) : { floor: null, urgency: null };
  const corrected = await correctPreNotice(tx, notice, {
    expectedAt: new Date(expectedAt),
    floor: mostUrgent([notice.floor as Level | null, floor].filter((level) => level !== null)),
    content: withReport(tx, notice, report),
  });
  await tellUrgent(tx, corrected, { urgency, before: await urgencyOfReports(tx, notice) });
  const detail = { floor: corrected.floor, from: notice.expectedAt.toISOString(), expectedAt };
  return recorded(tx, corrected, { action: 'correct', ...(report && { after: digestOf(report) }), detail });
};

/** Ends a pre-notice without an arrival. That nobody came is for a person to say. */
export const endWithout = async (
  tx: Tx,
  { preNoticeId, version, body: { outcome: state, reason } }: PreNoticeOrder<EndingBody>,
): Promise<PreNoticeAnswer | Refusal> => {
  const notice = await enterPreNotice(tx, preNoticeId, version);
  if (isRefusal(notice)) return notice;
  if (state === 'not-arrived' && tx.principal.kind !== 'user') return refuse('FORBIDDEN', { outcome: state });
  return recorded(tx, await endPreNotice(tx, notice, { state, reason }), { action: state, detail: {} });
};

/**
 * An expected pre-notice, locked, for somebody of its desk, or for the machine that announced it. Without a version
 * whatever it says by now.
 */
export const enterPreNotice = async (tx: Tx, id: string, version?: number): Promise<PreNoticeEntity | Refusal> => {
  const notice = await lockPreNotice(tx, id);
  const { principal } = tx;
  if (!notice || (principal.kind === 'service' && notice.announcedBy !== principal.id)) return refuse('NOT_FOUND');
  const { state, caseId, version: current } = notice;
  const foreign = deskRefusal(tx, notice.wardId);
  if (foreign) return foreign;
  if (state !== 'expected') return refuse('TRANSITION_NOT_ALLOWED', { state, caseId });
  return version === undefined || version === current ? notice : refuse('VERSION_MISMATCH', { current, state });
};

/** The audit row of a change, the news of it, and the answer. */
export const recorded = async (
  tx: Tx,
  notice: PreNoticeEntity,
  { action, detail, after }: { action: string; detail: Readonly<Record<string, unknown>>; after?: string },
): Promise<PreNoticeAnswer> => {
  const { id, wardId, version, caseId } = notice;
  await record(tx, {
    audit: {
      action: `pre-notice.${action}`,
      entityType: 'pre-notice',
      entityId: id,
      caseIds: caseId === null ? [] : [caseId],
      ...(after && { after }),
      detail: { version, ...detail },
    },
    changed: { topic: 'pre-notice', entityId: id, wardId },
  });
  return placeOf(notice);
};

/** What every answer says of a pre-notice. */
export const placeOf = (notice: PreNoticeEntity): PreNoticeAnswer => ({
  preNoticeId: notice.id,
  version: notice.version,
  wardId: notice.wardId,
  state: notice.state as PreNoticeAnswer['state'],
  expectedAt: notice.expectedAt.toISOString(),
  provisionalFloor: notice.floor as Level | null,
});

/** The age that a report estimates, in days. */
export const reportedAge = ({ estimatedAgeYears: years }: PrehospitalReport): number | undefined =>
  years === undefined ? undefined : yearsInDays(years);

const entryOf = ({ principal }: Tx, report: PrehospitalReport): PreNoticeContent['reports'][number] => ({
  at: new Date().toISOString(),
  by: principal.name,
  report,
});

const withReport = (tx: Tx, notice: PreNoticeEntity, report: PrehospitalReport | undefined): PreNoticeContent => {
  const known = preNoticeContent(tx, notice) as PreNoticeContent;
  return { ...known, reports: [...known.reports, ...(report ? [entryOf(tx, report)] : [])] };
};

const found = async (tx: Tx, report: PrehospitalReport): Promise<{ floor: Level | null; urgency: Level | null }> => {
  const evaluation = evaluateReport(report, reportedAge(report), await packsInForce(tx));
  return { floor: evaluation.floor, urgency: urgencyOf(report, evaluation) };
};

/** How urgent the reports of a pre-notice are so far. */
const urgencyOfReports = async (tx: Tx, notice: PreNoticeEntity): Promise<Level | null> => {
  const packs = await packsInForce(tx);
  const { reports } = preNoticeContent(tx, notice) as PreNoticeContent;
  const levels = reports.map(({ report }) => urgencyOf(report, evaluateReport(report, reportedAge(report), packs)));
  return mostUrgent(levels.filter((level) => level !== null));
};

/** At once, and again only where it became more urgent. */
const tellUrgent = async (
  tx: Tx,
  { id, wardId }: PreNoticeEntity,
  { urgency, before }: { urgency: Level | null; before: Level | null },
): Promise<void> => {
  if (urgency === null || !isUrgent(urgency) || (before !== null && !isLessUrgent(before, urgency))) return;
  await raiseNotice(tx, {
    kind: 'pre-notice',
    audience: 'triage_nurse',
    uniqueKey: `pre-notice:${id}:${urgency}`,
    wardId,
    data: { preNoticeId: id, level: urgency },
  });
};

/** Nobody is announced for yesterday, nor for the day after tomorrow: such a time is a slip of the pen. */
const timeRefusal = (expectedAt: string): Refusal | null => {
  const ahead = Date.parse(expectedAt) - Date.now();
  return ahead < -hourMs || ahead > 24 * hourMs
    ? refuse('VALIDATION_FAILED', { paths: ['expectedAt'], rule: 'within the next 24 hours, an hour ago at most' })
    : null;
};

const reportRefusal = ({ measuredAt }: PrehospitalReport): Refusal | null =>
  futureRefusal('report.measuredAt', measuredAt);
