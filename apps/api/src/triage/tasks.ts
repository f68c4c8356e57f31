import { type OpenTask, openTasks } from '#libs/db/stores/task.store';
import { type Tx } from '#libs/db/transaction';
import { desksOf } from './desk';

/** A task as a list answers it: the ticket says whose it is, no name does. */
export type TaskListed = Omit<OpenTask, 'dueAt'> & { readonly dueAt: string };

/** What is due at the desks of whoever asks, the most overdue first. */
export const myTasks = async (tx: Tx): Promise<{ items: TaskListed[] }> => {
  const rows = await openTasks(tx, desksOf(tx.principal));
  return { items: rows.map(({ dueAt, ...plain }) => ({ ...plain, dueAt: dueAt.toISOString() })) };
};
