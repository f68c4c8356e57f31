import { noOrganisation, type SystemPrincipal } from '#libs/auth/principal';
import { organisationIds } from '#libs/db/stores/reconcile.store';
import { record } from '#libs/db/stores/record.store';
import { type DeskWard, deskWards } from '#libs/db/stores/triage-queue.store';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { openDowntimeFolder, removeOthers, writeCopy } from '#libs/triage-desk/downtime-folder';
import { type DowntimeList, downtimeList } from '#libs/triage-desk/downtime-list';
import { downtimePage } from '#libs/triage-desk/downtime-page';
import { localDay } from '#libs/triage-desk/patient-facts';

/** What writing the copies needs. */
export interface CopyDeps {
  readonly inTransaction: InTransaction;
  readonly folder: string;
  readonly timeScale: number;
  /** In whose name they are disclosed. */
  readonly principalOf: (organisationId: string) => SystemPrincipal;
}

/**
 * Whose data this process has disclosed on which ward today, so that the audit gets a row when a ward's copy begins, each
 * day anew, and one for whoever stands on it for the first time: not one every minute.
 */
export type Disclosed = Map<string, { readonly day: string; readonly ids: ReadonlySet<string> }>;

/**
 * Writes the copy of every ward with a desk; answers the paths. A ward whose copy cannot be written holds up no other:
 * what the first of them threw is thrown in the end.
 */
export const copyLists = async (deps: CopyDeps, disclosed: Disclosed): Promise<string[]> => {
  const { inTransaction, folder, principalOf } = deps;
  openDowntimeFolder(folder);
  const copies: Promise<string>[] = [];
  for (const organisationId of await inTransaction(principalOf(noOrganisation), organisationIds)) {
    const principal = principalOf(organisationId);
    for (const ward of await inTransaction(principal, deskWards)) {
      copies.push(copyWard(deps, { principal, ward, disclosed }));
      await Promise.allSettled(copies.slice(-1));
    }
  }
  return Promise.all(copies);
};

/** Keeps a folder for the copies alone: writes them, and removes those of wards without a desk; answers the paths. */
export const keepCopies = async (deps: CopyDeps, disclosed: Disclosed): Promise<string[]> => {
  const written = await copyLists(deps, disclosed);
  removeOthers(deps.folder, written);
  return written;
};

const copyWard = async (
  { inTransaction, folder, timeScale }: CopyDeps,
  { principal, ward, disclosed }: { principal: SystemPrincipal; ward: DeskWard; disclosed: Disclosed },
): Promise<string> => {
  const list = await inTransaction(principal, async (tx) => {
    const read = await downtimeList(tx, { ward, timeScale });
    await recordDisclosure(tx, read, disclosed.get(ward.id));
    return read;
  });
  // Noted before the copy is written: on a full disk the next attempt would audit everybody anew, every few seconds.
  disclosed.set(ward.id, { day: dayOf(list), ids: new Set(idsOf(list)) });
  return writeCopy(folder, ward, downtimePage(list));
};

const dayOf = ({ at, timeZone }: DowntimeList): string => localDay(at, timeZone);
const idsOf = ({ patients, expected }: DowntimeList): string[] => [
  ...patients.map(({ row }) => row.caseId),
  ...expected.map(({ id }) => id),
];

/** Before the copy is written: what cannot be audited is not disclosed. */
const recordDisclosure = async (tx: Tx, list: DowntimeList, before: ReturnType<Disclosed['get']>): Promise<void> => {
  const day = dayOf(list);
  const known = before?.day === day ? before.ids : null;
  const fresh = (id: string): boolean => !known?.has(id);
  if (known && !idsOf(list).some(fresh)) return;
  const preNoticeIds = list.expected.map(({ id }) => id).filter(fresh);
  await record(tx, {
    audit: {
      action: 'downtime-list.copied',
      entityType: 'ward',
      entityId: list.ward.id,
      caseIds: list.patients.map(({ row }) => row.caseId).filter(fresh),
      outcome: 'shown',
      detail: { day, preNoticeIds },
    },
  });
};
