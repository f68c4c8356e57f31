import { acuityLevels, acuityRank, type AcuityLevel } from '#libs/packs/acuity';
import { referenceHeader } from '#libs/packs/reference-notice';
import type { PackHeader } from '#libs/packs/pack.types';
import type { Text } from '#libs/packs/text';

/** An acuity level: I, II, III, IV, or IV split into IVa and IVb. */
export type Level = AcuityLevel;

/** Every level, most urgent first. */
export const levels = acuityLevels;

/** What a level means at the desk: names, how it is shown, how long a patient may wait, when to look again. */
export type LevelInfo = {
  readonly level: Level;
  readonly numeral: string;
  readonly name: Text;
  readonly colour: 'red' | 'orange' | 'yellow' | 'green';
  readonly shape: 'octagon' | 'diamond' | 'triangle' | 'circle';
  readonly zone: 'red' | 'yellow' | 'green';
  /** Longest wait from the start of the clock to a physician; 0 means at once. */
  readonly limitMinutes: number;
  readonly retriageMinutes: number;
};

/** A hospital's scheme of levels: configuration, not code. */
export type LevelScheme = PackHeader & { readonly levels: Readonly<Record<Level, LevelInfo>> };

/** The four Chinese levels with their limits (2018 consensus; re-triage intervals are a product choice). */
export const cnFourLevels: LevelScheme = {
  ...referenceHeader,
  id: 'cn-four-levels',
  name: { zh: '急诊四级分诊', en: 'Chinese four-level scheme' },
  source: '急诊预检分诊专家共识 2018; re-triage intervals: product default',
  levels: {
    I: {
      level: 'I',
      numeral: 'Ⅰ',
      name: { zh: '急危', en: 'critical' },
      colour: 'red',
      shape: 'octagon',
      zone: 'red',
      limitMinutes: 0,
      retriageMinutes: 5,
    },
    II: {
      level: 'II',
      numeral: 'Ⅱ',
      name: { zh: '急重', en: 'emergent' },
      colour: 'orange',
      shape: 'diamond',
      zone: 'red',
      limitMinutes: 10,
      retriageMinutes: 10,
    },
    III: {
      level: 'III',
      numeral: 'Ⅲ',
      name: { zh: '急症', en: 'urgent' },
      colour: 'yellow',
      shape: 'triangle',
      zone: 'yellow',
      limitMinutes: 30,
      retriageMinutes: 30,
    },
    IV: {
      level: 'IV',
      numeral: 'Ⅳ',
      name: { zh: '亚急症/非急症', en: 'less or not urgent' },
      colour: 'green',
      shape: 'circle',
      zone: 'green',
      limitMinutes: 60,
      retriageMinutes: 60,
    },
    IVa: {
      level: 'IVa',
      numeral: 'Ⅳa',
      name: { zh: '亚急症', en: 'less urgent' },
      colour: 'green',
      shape: 'circle',
      zone: 'green',
      limitMinutes: 60,
      retriageMinutes: 60,
    },
    IVb: {
      level: 'IVb',
      numeral: 'Ⅳb',
      name: { zh: '非急症', en: 'not urgent' },
      colour: 'green',
      shape: 'circle',
      zone: 'green',
      limitMinutes: 240,
      retriageMinutes: 120,
    },
  },
};

/** Whether level `a` is seen later than level `b`; IV and IVa are equals, IVb comes after both. */
export const isLessUrgent = (a: Level, b: Level): boolean => acuityRank(a) > acuityRank(b);

/** The more urgent of two levels; of equals the first. */
export const moreUrgent = (a: Level, b: Level): Level => (isLessUrgent(a, b) ? b : a);

/** The level without its sub-level. */
export const majorLevel = (level: Level): Level => (level === 'IVa' || level === 'IVb' ? 'IV' : level);

/**
 * Whether deciding `level` goes below the floor and so needs a second signature.
 * A floor of IV leaves the sub-level open; no floor leaves everything open.
 */
export const isBelowFloor = (level: Level, floor: Level | null): boolean =>
  floor !== null && isLessUrgent(floor === 'IV' ? majorLevel(level) : level, floor);
