import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { cnFourLevels, isBelowFloor, type Level } from '#libs/processes/triage/triage.level';
import { lowestFloor } from '#libs/packs/acuity';
import { FactEntity } from '../entities/fact.entity';
import { TriageCaseEntity } from '../entities/triage-case.entity';
import { type Tx } from '../transaction';

/** A patient's arrival at the desk. */
export interface TriageArrival {
  readonly caseId: string;
  readonly wardId: string;
  readonly arrivedAt: Date;
  /** Local date at the hospital, YYYY-MM-DD: tickets count up within it. */
  readonly day: string;
  readonly straightToResus: boolean;
}

/** Gives the patient a place; the transaction must {@link drawTicket} before it ends. */
export const insertTriageCase = async (tx: Tx, { day, ...plain }: TriageArrival): Promise<void> => {
  await tx.manager.insert(TriageCaseEntity, { ...plain, ticketDay: day });
};

/** The next ticket of the desk's day. Holds up every other registration there until the commit: draw it last. */
export const drawTicket = async (tx: Tx, caseId: string): Promise<number> => {
  const [drawn] = await tx.query<{ no: number }>(
    `with n as (insert into ticket_counter (ward_id, day, last) select ward_id, ticket_day, 1 from triage_case where case_id = $1
       on conflict (ward_id, day) do update set last = ticket_counter.last + 1 returning last),
     u as (update triage_case set ticket_no = n.last from n where case_id = $1) select last no from n`,
    [caseId],
  );
  if (!drawn) throw new Error('a ticket was drawn for no case');
  return drawn.no;
};

/** The triage row of a case whose case row the transaction holds locked. */
export const triageCase = (tx: Tx, caseId: string): Promise<TriageCaseEntity> =>
  tx.manager.findOneByOrFail(TriageCaseEntity, { caseId });

/** Changes the triage row of a case whose case row the transaction holds locked. */
export const updateTriageCase = async (tx: Tx, caseId: string, change: Partial<TriageCaseEntity>): Promise<void> => {
  await tx.manager.update(TriageCaseEntity, { caseId }, change);
};

/** The response limit and re-triage interval of a level, in seconds; an unknown level waits like the least urgent. */
export const limitsOf = (level: Level | null): { limitSeconds: number; retriageSeconds: number } => {
  const { limitMinutes, retriageMinutes } = cnFourLevels.levels[level ?? lowestFloor];
  return { limitSeconds: limitMinutes * 60, retriageSeconds: retriageMinutes * 60 };
};

/** Where a patient stands while a level is provisional: the floor; at least what was signed; rushed in and unsigned: I. */
export const standingLevel = (
  row: Pick<TriageCaseEntity, 'straightToResus' | 'decidedLevel'>,
  floor: Level | null,
): Level | null => {
  if (row.straightToResus && row.decidedLevel === null) return 'I';
  const signed = row.decidedLevel as Level | null;
  return signed !== null && !isBelowFloor(signed, floor) ? signed : floor;
};

/**
 * What an evaluation puts on the triage row: early-warning points and group. What was not measured again is not taken as
 * normal: while the sheet is incomplete the points only rise, and a special group stays one.
 */
export const warningColumns = (
  evaluation: TriageEvaluation,
  before: Pick<TriageCaseEntity, 'earlyWarning' | 'redScore' | 'specialGroup'>,
): Partial<TriageCaseEntity> => {
  const { earlyWarning: sheet, incomplete } = evaluation;
  const specialGroup = before.specialGroup || evaluation.specialGroup;
  if (sheet === null) return { earlyWarning: 0, earlyWarningIncomplete: incomplete, redScore: false, specialGroup };
  const { score, lowerBound, redScore } = sheet;
  if (score !== null) return { earlyWarning: score, earlyWarningIncomplete: false, redScore, specialGroup };
  return {
    earlyWarning: Math.max(before.earlyWarning, lowerBound),
    earlyWarningIncomplete: true,
    redScore: redScore || before.redScore,
    specialGroup,
  };
};

/** Vital signs that give no floor: measuring them again says nothing about one. */
const withoutFloor = ['painScore', 'painTool', 'flacc', 'diastolic'];

/** The names of the vital signs that a floor may rest on and that were measured at any time in a case. */
export const everMeasured = async (tx: Tx, caseId: string): Promise<string[]> => {
  const rows = await tx.query<{ name: string }>(
    `select distinct k.name from fact f, jsonb_object_keys(f.vitals) k (name) where f.case_id = $1 and k.name <> all($2)`,
    [caseId, withoutFloor],
  );
  return rows.map(({ name }) => name);
};

/** The newest fact of a case that measured anything, by when it was measured; null when nothing was. */
export const latestVitals = (tx: Tx, caseId: string): Promise<FactEntity | null> =>
  tx.manager
    .createQueryBuilder(FactEntity, 'fact')
    .where({ caseId })
    .andWhere(`fact.vitals <> '{}'`)
    .orderBy('fact.effectiveAt', 'DESC')
    .addOrderBy('fact.seq', 'DESC')
    .limit(1)
    .getOne();

/** Where a signed level finds its case: the state, the running clock, and when and by whom it was last measured. */
export interface SignedPlace {
  readonly id: string;
  readonly state: string;
  readonly version: number;
  readonly clockStartedAt: Date | null;
  /** Null when nothing was measured. */
  readonly vitals: Pick<FactEntity, 'id' | 'caseId' | 'source' | 'effectiveAt'> | null;
}

/** The place of a case whose row the transaction holds locked, in one message: every signature waits for it. */
export const signedPlace = async (tx: Tx, caseId: string): Promise<SignedPlace> => {
  const [row] = await tx.query<
    Omit<SignedPlace, 'vitals'> & { factId: string | null } & Pick<FactEntity, 'source' | 'effectiveAt'>
  >(
    `select c.id, c.state, c.version, t.clock_started_at "clockStartedAt", f.id "factId", f.source, f.effective_at "effectiveAt"
     from cases c join triage_case t on t.case_id = c.id
     left join lateral (select id, source, effective_at from fact where case_id = c.id and vitals <> '{}'
       order by effective_at desc, seq desc limit 1) f on true
     where c.id = $1`,
    [caseId],
  );
  if (!row) throw new Error('a level was signed for no case');
  const { factId, source, effectiveAt, ...place } = row;
  return { ...place, vitals: factId === null ? null : { id: factId, caseId, source, effectiveAt } };
};

/** Whether one of these facts is a set of vital signs of the same case, measured no later than this one. */
export const isNoOlderThanAny = async (
  tx: Tx,
  { id, caseId }: Pick<FactEntity, 'id' | 'caseId'>,
  ids: readonly string[],
): Promise<boolean> => {
  const rows = await tx.query<{ id: string }>(
    `select f.id from fact f join fact latest on latest.id = $1
     where f.case_id = $2 and f.id = any($3) and f.vitals <> '{}' and f.effective_at <= latest.effective_at limit 1`,
    [id, caseId, ids],
  );
  return rows.length > 0;
};
