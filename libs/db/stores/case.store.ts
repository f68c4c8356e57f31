import { In, IsNull } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { reachableWards } from '#libs/auth/principal';
import { CountersignError } from '#libs/errors/errors';
import { CaseMoveEntity } from '../entities/case-move.entity';
import { CaseEntity } from '../entities/case.entity';
import { type Tx } from '../transaction';

/** A case to be opened. */
export interface NewCase {
  readonly wardId: string;
  readonly process: string;
  readonly patientId: string;
  readonly visitId: string;
  readonly state: string;
  /** The case this one corrects, and why (a record opened for the wrong patient is linked, never deleted). */
  readonly corrects?: { readonly caseId: string; readonly reason: string } | null;
}

/** Opens a case of the principal. */
export const insertCase = async (tx: Tx, opened: NewCase): Promise<CaseEntity> => {
  const { corrects, ...plain } = opened;
  const { principal } = tx;
  const row = tx.manager.create(CaseEntity, {
    ...plain,
    id: uuidv7(),
    organisationId: principal.organisationId,
    corrects: corrects?.caseId ?? null,
    correctionReason: corrects?.reason ?? null,
    openedByKind: principal.kind,
    openedBy: principal.kind === 'system' ? null : principal.id,
    endedAt: null,
  });
  // Fills in what PostgreSQL set by default.
  await tx.manager.insert(CaseEntity, row);
  return row;
};

const visible = (tx: Tx, found: CaseEntity | null): CaseEntity | null => {
  const wards = reachableWards(tx.principal);
  return found && (wards === null || wards.includes(found.wardId)) ? found : null;
};

/** A case the principal reaches, locked; null for a foreign or unknown one. */
export const lockCase = async (tx: Tx, caseId: string): Promise<CaseEntity | null> =>
  visible(
    tx,
    await tx.manager.findOne(CaseEntity, {
      where: { id: caseId, organisationId: tx.principal.organisationId },
      lock: { mode: 'pessimistic_write' },
    }),
  );

/** A case the principal reaches; null for a foreign or unknown one. */
export const findCase = async (tx: Tx, caseId: string): Promise<CaseEntity | null> =>
  visible(tx, await tx.manager.findOneBy(CaseEntity, { id: caseId, organisationId: tx.principal.organisationId }));

/** Moves a locked case on and answers it as it stands then; ending it stores when. */
export const advanceCase = async (tx: Tx, of: CaseEntity, to: { state: string; ended: boolean }): Promise<CaseEntity> =>
  Object.assign(new CaseEntity(), of, { state: to.state, ...(await moveCaseOn(tx, of, to)) });

/** The same for whoever has only read which version it is of. */
export const moveCaseOn = async (
  tx: Tx,
  of: Pick<CaseEntity, 'id' | 'version'>,
  to: { state: string; ended: boolean },
): Promise<Pick<CaseEntity, 'version' | 'endedAt'>> => {
  const [row] = await tx.query<{ version: number; endedAt: Date | null }>(
    `with u as (update cases set state = $3, version = version + 1, ended_at = case when $4 then clock_timestamp() end
       where id = $1 and version = $2 returning version, ended_at) select version, ended_at "endedAt" from u`,
    [of.id, of.version, to.state, to.ended],
  );
  if (!row) throw new CountersignError('CONFLICT', { caseId: of.id });
  return row;
};

/** The cases of a process that one of these patients has open, locked, in the one order in which everybody locks them. */
export const lockOpenCases = (tx: Tx, process: string, patientIds: readonly string[]): Promise<CaseEntity[]> =>
  tx.manager.find(CaseEntity, {
    where: { patientId: In([...patientIds]), process, endedAt: IsNull() },
    order: { id: 'ASC' },
    lock: { mode: 'pessimistic_write' },
  });

/** The newest case of a process on a visit, locked; null when there is none. */
export const lockCaseOfVisit = async (tx: Tx, process: string, visitId: string): Promise<CaseEntity | null> => {
  const [newest] = await tx.manager.find(CaseEntity, {
    where: { visitId, process },
    order: { openedAt: 'DESC', id: 'DESC' },
    take: 1,
    lock: { mode: 'pessimistic_write' },
  });
  return newest ?? null;
};

/** The id of the case that corrects this one, on whatever ward of the organisation; null when none does. */
export const correctionOf = async (tx: Tx, caseId: string): Promise<string | null> =>
  (await tx.query<{ id: string | null }>('select correction_of($1) id', [caseId]))[0]?.id ?? null;

/** A move of a case, with what an undo must restore. */
export interface NewMove {
  readonly caseId: string;
  readonly move: string;
  readonly fromState: string;
  readonly toState: string;
  readonly before: Readonly<Record<string, unknown>>;
  readonly reason: string | null;
  readonly undoes?: string | null;
}

/** Stores a move of the principal; a move can be undone once (unique). */
export const insertMove = async (tx: Tx, move: NewMove): Promise<string> => {
  const id = uuidv7();
  const { reason, undoes, ...plain } = move;
  await tx.manager.insert(CaseMoveEntity, {
    ...plain,
    id,
    undoes: undoes ?? null,
    byKind: tx.principal.kind,
    byId: tx.principal.kind === 'user' ? tx.principal.id : null,
    reasonCt: reason === null ? null : tx.cipher.seal(['case_move', 'reason_ct', id], reason),
  });
  return id;
};

/** The moves of a case, newest first. */
export const movesOfCase = (tx: Tx, caseId: string): Promise<CaseMoveEntity[]> =>
  tx.manager.find(CaseMoveEntity, { where: { caseId }, order: { seq: 'DESC' } });

/** The reason given with a move; null when there was none. */
export const moveReason = (tx: Tx, move: CaseMoveEntity): string | null =>
  move.reasonCt && tx.cipher.open(['case_move', 'reason_ct', move.id], move.reasonCt);

/** The newest move that is no undo and was not undone, and how long ago it was made (ms); null when there is none. */
export const standingMove = async (
  tx: Tx,
  caseId: string,
): Promise<{ readonly move: CaseMoveEntity; readonly ageMs: number } | null> => {
  const [found] = await tx.query<{ id: string; ageMs: number }>(
    `select m.id, extract(epoch from clock_timestamp() - m.at)::float8 * 1000 "ageMs" from case_move m
     where m.case_id = $1 and m.undoes is null and not exists (select from case_move u where u.undoes = m.id)
     order by m.seq desc limit 1`,
    [caseId],
  );
  if (!found) return null;
  return { move: await tx.manager.findOneByOrFail(CaseMoveEntity, { id: found.id }), ageMs: found.ageMs };
};
