import { acuityRank } from '#libs/packs/acuity';
import { type Measured } from '../agreement';
import { type Level, levels, majorLevel } from './triage.level';

const isLevel = (value: unknown): value is Level => levels.some((level) => level === value);

/** Triage agrees on the level, its sub-levels being one. */
export const acuityAgreement: Measured = {
  valueOf: (content) => {
    const level = (content as { level?: unknown } | null)?.level;
    return isLevel(level) ? majorLevel(level) : null;
  },
  valueOfFloor: (floor) => (isLevel(floor) ? majorLevel(floor) : null),
  compare: (a, b) => acuityRank(a as Level) - acuityRank(b as Level),
};
