import { IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type CaseEntity } from '../entities/case.entity';
import { TaskEntity } from '../entities/task.entity';
import { type Tx } from '../transaction';

/** Opens a task of a case, once per key; false when it was there. */
export const openTask = async (
  tx: Tx,
  of: CaseEntity,
  task: { kind: string; key: string; dueAt: Date },
): Promise<boolean> => {
  const rows = await tx.query<{ id: string }>(
    `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (unique_key) do nothing returning id`,
    [uuidv7(), of.id, of.organisationId, of.wardId, task.kind, task.key, task.dueAt],
  );
  return rows.length > 0;
};

/** As {@link openTask}, but not while the case has an open task of the kind already. The caller holds the case's lock. */
export const openOnlyTask = async (
  tx: Tx,
  of: CaseEntity,
  task: { kind: string; key: string; dueAt: Date },
): Promise<boolean> => {
  const open = { caseId: of.id, kind: task.kind, doneAt: IsNull(), cancelledAt: IsNull() };
  return !(await tx.manager.existsBy(TaskEntity, open)) && openTask(tx, of, task);
};

/** Closes the open tasks of a kind: the principal did what they ask for. */
export const finishTasks = async (tx: Tx, caseId: string, kind: string): Promise<void> => {
  await tx.query(
    `update task set done_at = clock_timestamp(), done_by = $3
     where case_id = $1 and kind = $2 and done_at is null and cancelled_at is null`,
    [caseId, kind, tx.principal.kind === 'user' ? tx.principal.id : null],
  );
};

/** Cancels the open tasks of a case that is over; answers which. */
export const cancelTasks = async (tx: Tx, caseId: string): Promise<string[]> => {
  const rows = await tx.query<{ id: string }>(
    `with c as (update task set cancelled_at = clock_timestamp()
       where case_id = $1 and done_at is null and cancelled_at is null returning id) select id from c`,
    [caseId],
  );
  return rows.map(({ id }) => id);
};

/** Opens cancelled tasks again: their case goes on. */
export const restoreTasks = async (tx: Tx, ids: readonly string[]): Promise<void> => {
  await tx.query('update task set cancelled_at = null where id = any($1)', [ids]);
};

/** The tasks of a case, oldest first. */
export const tasksOfCase = (tx: Tx, caseId: string): Promise<TaskEntity[]> =>
  tx.manager.find(TaskEntity, { where: { caseId }, order: { createdAt: 'ASC' } });

/** An open task as a list shows it; no patient data. */
export interface OpenTask {
  readonly id: string;
  readonly kind: string;
  readonly caseId: string;
  readonly wardId: string;
  readonly ticketNo: number;
  readonly room: string | null;
  readonly level: string | null;
  readonly dueAt: Date;
  readonly overdue: boolean;
}

/** The open tasks of the wards (null: all), the most overdue first. */
export const openTasks = (tx: Tx, wards: readonly string[] | null): Promise<OpenTask[]> =>
  tx.query<OpenTask>(
    `select k.id, k.kind, k.case_id "caseId", k.ward_id "wardId", t.ticket_no "ticketNo", t.room, t.level, k.due_at "dueAt",
       k.due_at < clock_timestamp() overdue
     from task k join triage_case t on t.case_id = k.case_id
     where k.organisation_id = $1 and ($2::uuid[] is null or k.ward_id = any($2))
       and k.done_at is null and k.cancelled_at is null
     order by k.due_at, k.id limit 500`,
    [tx.principal.organisationId, wards],
  );
