import { isLessUrgent, moreUrgent, type Level } from '#libs/processes/triage/triage.level';

/** A visit as experts, nurse, rules and model judged it; null where one of them said nothing. */
export type Compared = { readonly [Who in 'expert' | 'nurse' | 'floor' | 'draft']: Level | null };

/** Who may make a nurse's level more urgent. */
export type Helper = 'floor' | 'draft';

/** The experts' I or II that the most urgent of nurse and helpers leaves at III or less; null without such data. */
export const missed = (visits: readonly Compared[], helpers: readonly Helper[]): number | null => {
  const known = judged(visits, helpers);
  return known.length === 0 ? null : known.filter(({ high, helped }) => high && !helped).length;
};

/** Visits that the helpers newly put at I or II though the experts say III or less, in percent of all visits. */
export const overTriageAdded = (visits: readonly Compared[], helpers: readonly Helper[]): number | null => {
  const known = judged(visits, helpers);
  const added = known.filter(({ high, alone, helped }) => !high && !alone && helped).length;
  return known.length === 0 ? null : (100 * added) / visits.length;
};

interface Judged {
  readonly high: boolean;
  readonly alone: boolean;
  readonly helped: boolean;
}

const judged = (visits: readonly Compared[], helpers: readonly Helper[]): Judged[] =>
  visits.flatMap(({ expert, nurse, ...others }) => {
    if (expert === null || nurse === null) return [];
    const most = helpers.reduce<Level>((level, who) => moreUrgent(level, others[who] ?? level), nurse);
    return [{ high: isHigh(expert), alone: isHigh(nurse), helped: isHigh(most) }];
  });

const isHigh = (level: Level): boolean => !isLessUrgent(level, 'II');
