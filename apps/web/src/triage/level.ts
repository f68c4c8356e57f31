import { cnFourLevels, type Level, type LevelInfo, levels } from '#libs/processes/triage/triage.level';

/** How a level is shown; null for what is none. */
export const levelInfo = (level: string | null): LevelInfo | null =>
  (levels as readonly string[]).includes(level ?? '') ? cnFourLevels.levels[level as Level] : null;

/** The levels a nurse chooses from, most urgent first. */
export const choices: readonly Level[] = ['I', 'II', 'III', 'IV'];
