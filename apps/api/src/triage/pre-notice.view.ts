import { type PreNoticeEntity } from '#libs/db/entities/pre-notice.entity';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { expectedPreNotices, findPreNotice, preNoticeContent, preNoticeReason } from '#libs/db/stores/pre-notice.store';
import { actorNames } from '#libs/db/stores/triage-record.store';
import { type Tx } from '#libs/db/transaction';
import { type TriagePacks } from '#libs/packs/pack.types';
import { evaluateReport } from '#libs/processes/triage/triage.pre-notice';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';
import { ageText } from '#libs/triage-desk/patient-facts';
import { recordShown } from '../http/shown';
import { deskRefusal, desksWithin } from './desk';
import { placeOf, type PreNoticeContent, reportedAge } from './pre-notice';
import { type PreNoticeList, type PreNoticesQuery, type PreNoticeView } from './pre-notice.schema';

/** Who is on the way to a desk, or to all desks within reach; audited before it is sent. */
export const showPreNotices = async (tx: Tx, { wardId }: PreNoticesQuery): Promise<PreNoticeList | Refusal> => {
  const wards = await desksWithin(tx, wardId);
  if (isRefusal(wards)) return wards;
  const notices = await expectedPreNotices(tx, wards);
  const preNoticeIds = notices.map(({ id }) => id);
  await recordShown(tx, { entityType: 'pre-notices', caseIds: [], detail: { preNoticeIds } });
  return { at: new Date().toISOString(), items: await viewsOf(tx, notices) };
};

/** One pre-notice, ended or not; audited before it is sent. */
export const showPreNotice = async (tx: Tx, id: string): Promise<PreNoticeView | Refusal> => {
  const notice = await findPreNotice(tx, id);
  if (!notice) return refuse('NOT_FOUND');
  const foreign = deskRefusal(tx, notice.wardId);
  if (foreign) return foreign;
  await recordShown(tx, {
    entityType: 'pre-notice',
    entityId: id,
    caseIds: notice.caseId === null ? [] : [notice.caseId],
  });
  const [view] = await viewsOf(tx, [notice]);
  return view ?? refuse('NOT_FOUND');
};

const viewsOf = async (tx: Tx, notices: readonly PreNoticeEntity[]): Promise<PreNoticeView[]> => {
  const packs = await packsInForce(tx);
  const nameOf = await actorNames(
    tx,
    notices.flatMap(({ announcedBy, endedBy }) => [announcedBy, endedBy]),
  );
  return notices.map((notice) => ({
    ...placeOf(notice),
    ...countdown(notice),
    ...saidIn(tx, notice, packs),
    announcedAt: notice.announcedAt.toISOString(),
    recordedBy: nameOf(notice.announcedBy) ?? notice.announcedByKind,
    caseId: notice.caseId,
    endedAt: notice.endedAt?.toISOString() ?? null,
    endedBy: nameOf(notice.endedBy) ?? notice.endedByKind,
    reason: preNoticeReason(tx, notice),
  }));
};

const countdown = ({ state, expectedAt }: PreNoticeEntity): Pick<PreNoticeView, 'secondsLeft' | 'overdue'> => {
  const secondsLeft = state === 'expected' ? Math.round((expectedAt.getTime() - Date.now()) / 1000) : 0;
  return { secondsLeft, overdue: secondsLeft < 0 };
};

const saidIn = (
  tx: Tx,
  notice: PreNoticeEntity,
  packs: TriagePacks,
): Pick<PreNoticeView, 'announcer' | 'reports' | 'age' | 'evaluation'> => {
  const { announcer, reports } = preNoticeContent(tx, notice) as PreNoticeContent;
  const latest = reports.at(-1);
  if (!latest) throw new TypeError('a pre-notice without a report');
  const ageDays = reportedAge(latest.report);
  return {
    announcer,
    reports,
    age: ageText(ageDays ?? null, true),
    evaluation: evaluateReport(latest.report, ageDays, packs),
  };
};
