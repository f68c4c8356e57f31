import { z } from 'zod';
import { type Repair, restartWorkflow, wakeWorkflow } from '#libs/db/stores/repair.store';
import { type Work } from '../http/answer';

/** POST /api/admin/cases/:id/repairs */
export const repairSchema = z.strictObject({ repair: z.enum(['restart', 'wake']) });
export type RepairBody = z.infer<typeof repairSchema>;

/** What was sent again. */
export const repairedSchema = z.strictObject({
  workflowId: z.string(),
  sent: z.array(z.strictObject({ kind: z.enum(['start', 'signal']), name: z.string() })),
});

/** Starts or wakes a case's workflow again, on behalf of a person; nothing is decided by it. */
export const repairCase =
  (caseId: string, { repair }: RepairBody): Work<Repair> =>
  (tx) =>
    repair === 'restart' ? restartWorkflow(tx, caseId) : wakeWorkflow(tx, caseId);
