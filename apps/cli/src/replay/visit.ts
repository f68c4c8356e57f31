import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { type Level } from '#libs/processes/triage/triage.level';
import { referencePacks } from '#libs/packs/reference-packs';
import { type TriageRow } from '#libs/scoring/triage-row';
import { type Registration } from '../seed/desk';
import { demoMark } from '../seed/names';

/** A row of a data set as somebody who comes to the desk. */
export interface Visit {
  /** Its place among the readable rows, from 1. */
  readonly number: number;
  readonly row: TriageRow;
  /** What the rules say of it outside of the product: the product must say the same. */
  readonly floor: Level | null;
}

/** The rows as visits, as many as are wanted. */
export const visitsOf = (rows: readonly TriageRow[], limit = rows.length): Visit[] =>
  rows
    .slice(0, limit)
    .map((row, at) => ({ number: at + 1, row, floor: evaluateTriage(row.input, referencePacks).floor }));

/** The made-up name under which a visit is registered. */
export const nameOf = ({ number }: Pick<Visit, 'number'>): string => `回放患者${number}${demoMark}`;

/** What the desk sends of a visit; the age in the file becomes a birth date, the measurements are of now. */
export const registrationOf = (visit: Visit, wardId: string, now = new Date()): Registration => {
  const { assessment, patient } = visit.row.input;
  const { ageDays, sex } = patient;
  return {
    wardId,
    arrivalMode: 'walk-in',
    patient: {
      name: nameOf(visit),
      sex,
      ...(ageDays !== undefined && { birthDate: dayAtHospital(now.getTime() - ageDays * dayMs) }),
    },
    assessment: { ...assessment, measuredAt: now.toISOString() },
  };
};

const dayMs = 86_400_000;

/* The demo hospital keeps the time of China, which has no summer time. */
const calendar = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short' });

const dayAtHospital = (at: number): string => calendar.format(at);
