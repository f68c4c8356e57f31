import { acuityRank, lowestFloor } from '#libs/packs/acuity';
import type { TriagePacks } from '#libs/packs/pack.types';
import type { TriageInput } from './triage.assessment';
import type { Level } from './triage.level';
import { evaluateTriage } from './triage.rules';

/** What a level was and would be; null: the rules give none. */
export type LevelChange = { readonly from: Level | null; readonly to: Level | null };

/** How one assessment would fare under other rules: its floor, and what is proposed with indicators and pain. */
export type DryRunOutcome = { readonly floor: LevelChange; readonly proposed: LevelChange };

/** How many assessments would stay, become more urgent and become less urgent. */
export type DryRunCounts = { readonly same: number; readonly moreUrgent: number; readonly lessUrgent: number };

/** Evaluates one assessment under the rules in force and under others. */
export const dryRun = (input: TriageInput, packs: { inForce: TriagePacks; candidate: TriagePacks }): DryRunOutcome => {
  const before = evaluateTriage(input, packs.inForce);
  const after = evaluateTriage(input, packs.candidate);
  return {
    floor: { from: before.floor, to: after.floor },
    proposed: { from: before.proposedLevel, to: after.proposedLevel },
  };
};

/** Whether anything would be another level. */
export const changes = ({ floor, proposed }: DryRunOutcome): boolean =>
  floor.from !== floor.to || proposed.from !== proposed.to;

/** Counts changes by their direction; no level counts with the least urgent, as it does in a floor. */
export const countChanges = (all: readonly LevelChange[]): DryRunCounts => {
  const steps = all.map(({ from, to }) => acuityRank(to ?? lowestFloor) - acuityRank(from ?? lowestFloor));
  return {
    same: steps.filter((step) => step === 0).length,
    moreUrgent: steps.filter((step) => step < 0).length,
    lessUrgent: steps.filter((step) => step > 0).length,
  };
};

/** How often each change of level occurs, the most frequent first; what stays the same is left out. */
export const movesOf = (all: readonly LevelChange[]): readonly (LevelChange & { readonly count: number })[] => {
  const counts = new Map<string, LevelChange & { readonly count: number }>();
  for (const { from, to } of all) {
    if (from === to) continue;
    const key = `${from} ${to}`;
    counts.set(key, { from, to, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].toSorted((a, b) => b.count - a.count);
};
