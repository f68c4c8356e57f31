import { referencePacks } from '#libs/packs/reference-packs';
import type { TriagePacks } from '#libs/packs/pack.types';
import { lowestFloor } from '#libs/packs/acuity';
import { isLessUrgent, type Level } from '#libs/processes/triage/triage.level';
import { compareAttention, type AttentionEntry } from '#libs/processes/triage/triage.queue';
import { evaluateTriage } from '#libs/processes/triage/triage.rules';
import { missed, overTriageAdded } from './against-experts';
import { areaUnderCurve, type Compare } from './auc';
import type { TriageRow } from './triage-row';

/** Areas under the curve against the two outcomes; null where the data set has no such outcome. */
export type OutcomeAuc = { readonly death30: number | null; readonly icu: number | null };

/**
 * How the product's rules do on a data set; null: the data cannot say. n = scored + unscored; unscored rows have no level
 * at all, but enter the rankings with their lower bound. AUC: rows with a colour, ties as half, by level and by attention
 * order. Missed: the experts' I or II left at III or less urgent, by the nurse and by the more urgent of nurse and floor.
 * Over-triage added: rows that the floor newly puts at I or II though the experts say III or less, in percent of n.
 */
export type TriageScore = {
  readonly n: number;
  readonly scored: number;
  readonly unscored: Readonly<Record<string, number>>;
  readonly auc: { readonly level: OutcomeAuc; readonly order: OutcomeAuc };
  readonly missed: { readonly nurse: number | null; readonly nurseAndFloor: number | null };
  readonly overTriageAdded: { readonly floor: number | null };
};

type Judged = { readonly truth: TriageRow['truth']; readonly floor: Level | null; readonly attention: AttentionEntry };

/** Runs the product's evaluator over every row and compares with what turned out. */
export const scoreTriage = (rows: readonly TriageRow[], packs: TriagePacks = referencePacks): TriageScore => {
  const judged = rows.map((row) => judge(row, packs));
  const unscored = judged.filter(({ floor }) => floor === null).length;
  const compared = judged.map(({ truth: { expert, nurse }, floor }) => ({ expert, nurse, floor, draft: null }));
  const coloured = judged.filter(({ truth }) => truth.colour);
  return {
    n: rows.length,
    scored: rows.length - unscored,
    unscored: unscored > 0 ? { 'nothing-measured': unscored } : {},
    auc: { level: outcomes(coloured, byLevel), order: outcomes(coloured, compareAttention) },
    missed: { nurse: missed(compared, []), nurseAndFloor: missed(compared, ['floor']) },
    overTriageAdded: { floor: overTriageAdded(compared, ['floor']) },
  };
};

/** A row without any level enters a ranking with the least that can be said of it: lowest level, no points. */
const judge = ({ input, truth }: TriageRow, packs: TriagePacks): Judged => {
  const { floor, earlyWarning } = evaluateTriage(input, packs);
  return {
    truth,
    floor,
    attention: {
      level: floor ?? lowestFloor,
      points: earlyWarning?.lowerBound ?? 0,
      ageDays: input.patient.ageDays ?? null,
    },
  };
};

const byLevel: Compare<AttentionEntry> = (a, b) =>
  Number(isLessUrgent(a.level, b.level)) - Number(isLessUrgent(b.level, a.level));

const outcomes = (judged: readonly Judged[], compare: Compare<AttentionEntry>): OutcomeAuc => ({
  death30: outcomeAuc(judged, 'death30', compare),
  icu: outcomeAuc(judged, 'icu', compare),
});

const outcomeAuc = (
  judged: readonly Judged[],
  outcome: 'death30' | 'icu',
  compare: Compare<AttentionEntry>,
): number | null =>
  areaUnderCurve(
    judged.filter(({ truth }) => truth[outcome] !== null),
    ({ truth }) => truth[outcome] === true,
    (a, b) => compare(a.attention, b.attention),
  );
