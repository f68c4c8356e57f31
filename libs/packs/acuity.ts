/** Every acuity level of the Chinese four-level scheme, most urgent first; IV may be split into IVa and IVb. */
export const acuityLevels = ['I', 'II', 'III', 'IV', 'IVa', 'IVb'] as const;

/** How urgently a patient must be seen. */
export type AcuityLevel = (typeof acuityLevels)[number];

/** The level of a patient on whom no rule fires: the least that any floor can say. */
export const lowestFloor: AcuityLevel = 'IV';

const ranks: Readonly<Record<AcuityLevel, number>> = { I: 0, II: 1, III: 2, IV: 3, IVa: 3, IVb: 4 };

/** Place of a level in the order of urgency, 0 first; IV and IVa share one place, IVb comes after them. */
export const acuityRank = (level: AcuityLevel): number => ranks[level];

const above: Readonly<Record<AcuityLevel, AcuityLevel>> = {
  I: 'I',
  II: 'I',
  III: 'II',
  IV: 'III',
  IVa: 'III',
  IVb: 'III',
};

/** The next more urgent level: I stays I, and every IV moves to III. */
export const oneMoreUrgent = (level: AcuityLevel): AcuityLevel => above[level];

/** The most urgent of several levels, or null of none; of equals the first. */
export const mostUrgent = (levels: readonly AcuityLevel[]): AcuityLevel | null =>
  levels.reduce<AcuityLevel | null>(
    (top, level) => (top === null || acuityRank(level) < acuityRank(top) ? level : top),
    null,
  );
