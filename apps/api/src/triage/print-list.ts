import { type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';
import { downtimeList } from '#libs/triage-desk/downtime-list';
import { downtimePage } from '#libs/triage-desk/downtime-page';
import { recordShown } from '../http/shown';
import { deskRefusal, reachableWard } from './desk';

/** The list of a ward as the page that the copies for a downtime are; audited with whom it shows before it is sent. */
export const printDowntimeList = async (
  tx: Tx,
  { wardId, timeScale }: { wardId: string; timeScale: number },
): Promise<string | Refusal> => {
  const ward = await reachableWard(tx, wardId);
  if (isRefusal(ward)) return ward;
  const foreign = deskRefusal(tx, wardId);
  if (foreign) return foreign;
  const list = await downtimeList(tx, { ward, timeScale });
  await recordShown(tx, {
    entityType: 'downtime-list',
    entityId: wardId,
    caseIds: list.patients.map(({ row }) => row.caseId),
    detail: { preNoticeIds: list.expected.map(({ id }) => id) },
  });
  return downtimePage(list);
};
