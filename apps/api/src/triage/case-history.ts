import { type CaseEntity } from '#libs/db/entities/case.entity';
import { type CaseMoveEntity } from '#libs/db/entities/case-move.entity';
import { type FactEntity } from '#libs/db/entities/fact.entity';
import { type NoticeEntity } from '#libs/db/entities/notice.entity';
import { type TaskEntity } from '#libs/db/entities/task.entity';
import { moveReason } from '#libs/db/stores/case.store';
import { factContent, factsOfCase } from '#libs/db/stores/fact.store';
import { noticesOfCase } from '#libs/db/stores/notice.store';
import { tasksOfCase } from '#libs/db/stores/task.store';
import { actorNames } from '#libs/db/stores/triage-record.store';
import { type Tx } from '#libs/db/transaction';

type NameOf = (id: string | null) => string | null;

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** What happened to a case: facts, moves, tasks and notices, each with who and when, oldest first. */
export const historyOf = async (tx: Tx, of: CaseEntity, moves: readonly CaseMoveEntity[]) => {
  const facts = await factsOfCase(tx, of.id);
  const tasks = await tasksOfCase(tx, of.id);
  const notices = await noticesOfCase(tx, of.id);
  const people = [
    of.openedBy,
    ...facts.map(({ recordedBy }) => recordedBy),
    ...moves.map(({ byId }) => byId),
    ...tasks.map(({ doneBy }) => doneBy),
    ...notices.map(({ acknowledgedBy }) => acknowledgedBy),
  ];
  const nameOf = await actorNames(tx, people);
  return {
    openedBy: nameOf(of.openedBy) ?? of.openedByKind,
    facts: facts.map((fact) => factView(tx, fact, nameOf)),
    history: moves.map((move) => ({
      ...moveView(move, nameOf),
      reason: moveReason(tx, move),
      undone: moves.some(({ undoes }) => undoes === move.id),
    })),
    tasks: tasks.map((task) => taskView(task, nameOf)),
    notices: notices.map((notice) => noticeView(notice, nameOf)),
  };
};

const factView = (tx: Tx, fact: FactEntity, nameOf: NameOf) => ({
  id: fact.id,
  kind: fact.kind,
  source: fact.source,
  content: factContent(tx, fact),
  effectiveAt: fact.effectiveAt.toISOString(),
  recordedAt: fact.recordedAt.toISOString(),
  recordedBy: nameOf(fact.recordedBy) ?? fact.recordedByKind,
});

const moveView = (move: CaseMoveEntity, nameOf: NameOf) => ({
  id: move.id,
  move: move.move,
  from: move.fromState,
  to: move.toState,
  at: move.at.toISOString(),
  by: nameOf(move.byId) ?? move.byKind,
  undoes: move.undoes,
});

const taskView = (task: TaskEntity, nameOf: NameOf) => ({
  id: task.id,
  kind: task.kind,
  dueAt: task.dueAt.toISOString(),
  doneAt: iso(task.doneAt),
  doneBy: nameOf(task.doneBy),
  cancelledAt: iso(task.cancelledAt),
});

const noticeView = (notice: NoticeEntity, nameOf: NameOf) => ({
  id: notice.id,
  kind: notice.kind,
  audience: notice.audience,
  data: notice.data as Readonly<Record<string, unknown>>,
  createdAt: notice.createdAt.toISOString(),
  acknowledgedAt: iso(notice.acknowledgedAt),
  acknowledgedBy: nameOf(notice.acknowledgedBy),
});
