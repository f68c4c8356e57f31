import { OrganisationEntity } from '#libs/db/entities/organisation.entity';
import { type PreNoticeEntity } from '#libs/db/entities/pre-notice.entity';
import { type WardEntity } from '#libs/db/entities/ward.entity';
import { packsInForce } from '#libs/db/stores/packs-in-force.store';
import { expectedPreNotices, preNoticeContent } from '#libs/db/stores/pre-notice.store';
import { type LastVitals, lastVitals, queuePlaces, queueRecords } from '#libs/db/stores/triage-queue.store';
import { type Tx } from '#libs/db/transaction';
import { screeningOf } from '#libs/packs/reference-packs';
import { queueStates } from '#libs/processes/triage/triage.moves';
import { type PrehospitalReport } from '#libs/processes/triage/triage.pre-notice';
import { ageText, type AgeText, yearsInDays } from './patient-facts';
import { inOrder } from './queue-order';
import { type QueueRow, rowOf } from './queue-row';

/** A patient of the queue as the printed list shows them. */
export interface ListedPatient {
  readonly row: QueueRow;
  readonly vitals: LastVitals | null;
}

/** Somebody on the way. */
export interface ListedArrival {
  readonly id: string;
  readonly expectedAt: Date;
  readonly floor: string | null;
  readonly sex: string;
  readonly age: AgeText;
  readonly complaint: string;
  readonly service: string;
}

/** What a ward needs on paper while the product is away, as of one moment. */
export interface DowntimeList {
  readonly hospital: string;
  readonly ward: Pick<WardEntity, 'id' | 'code' | 'name'>;
  readonly timeZone: string;
  readonly at: Date;
  /** Most pressing first. */
  readonly patients: readonly ListedPatient[];
  readonly expected: readonly ListedArrival[];
}

/** Reads the list of a ward. Whoever sends or writes it records first whom it discloses. */
export const downtimeList = async (
  tx: Tx,
  { ward, timeScale }: { ward: DowntimeList['ward']; timeScale: number },
): Promise<DowntimeList> => {
  const { organisationId } = tx.principal;
  const { name, timeZone } = await tx.manager.findOneByOrFail(OrganisationEntity, { id: organisationId });
  const at = new Date();
  const view = { now: at, timeScale, masked: false, screening: screeningOf(await packsInForce(tx)) };
  const places = inOrder(await queuePlaces(tx, { states: queueStates, wards: [ward.id] }), view);
  const caseIds = places.map(({ caseId }) => caseId);
  const records = await queueRecords(tx, caseIds);
  const vitals = await lastVitals(tx, caseIds);
  return {
    hospital: name,
    ward,
    timeZone,
    at,
    patients: records.map((one) => ({ row: rowOf(tx, one, view), vitals: vitals.get(one.caseId) ?? null })),
    expected: (await expectedPreNotices(tx, [ward.id])).map((notice) => arrivalOf(tx, notice)),
  };
};

const arrivalOf = (tx: Tx, notice: PreNoticeEntity): ListedArrival => {
  const { announcer, reports } = preNoticeContent(tx, notice) as {
    announcer: { service: string };
    reports: readonly { report: PrehospitalReport }[];
  };
  const { sex = 'unknown', estimatedAgeYears: years, complaint = '' } = reports.at(-1)?.report ?? {};
  const age = ageText(years === undefined ? null : yearsInDays(years), true);
  const { id, expectedAt, floor } = notice;
  return { id, expectedAt, floor, sex, age, complaint, service: announcer.service };
};
