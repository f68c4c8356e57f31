import { z } from 'zod';
import { holdsRole } from '#libs/auth/principal';
import { ticketedCases } from '#libs/db/stores/timeline.store';
import { type Work } from '../http/answer';
import { recordShown } from '../http/shown';
import { overseers } from './today';

/** POST /api/admin/cases/searches: by what a patient holds in the hand. */
export const caseSearchSchema = z.strictObject({
  ticketNo: z.int().min(1).max(1_000_000),
  /** Day of the hospital. */
  ticketDay: z.iso.date(),
});
export type CaseSearch = z.infer<typeof caseSearchSchema>;

/** The cases with this ticket, one for each desk that gave it out; nothing of the patient. */
export const foundCasesSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      caseId: z.uuid(),
      process: z.string(),
      state: z.string(),
      ward: z.strictObject({ id: z.uuid(), code: z.string(), name: z.string() }),
      arrivedAt: z.iso.datetime(),
    }),
  ),
});
export type FoundCases = z.infer<typeof foundCasesSchema>;

/** Finds cases by ticket and day for whoever oversees their wards; audited like the look at a case that follows. */
export const searchCases =
  ({ ticketNo, ticketDay }: CaseSearch): Work<FoundCases> =>
  async (tx) => {
    const rows = await ticketedCases(tx, { no: ticketNo, day: ticketDay });
    const reached = rows.filter(({ ward }) => holdsRole(tx.principal, overseers, ward.id));
    await recordShown(tx, { entityType: 'case-search', caseIds: reached.map(({ caseId }) => caseId) });
    return { items: reached.map(({ arrivedAt, ...row }) => ({ ...row, arrivedAt: arrivedAt.toISOString() })) };
  };
