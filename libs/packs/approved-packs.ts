import type { PackHeader, TriagePacks } from './pack.types';

/** Which version of a hospital's set this is, who approved it, and since when it is in force (ISO date). */
export type Approval = {
  readonly number: number;
  readonly approvedBy: string | null;
  readonly effectiveFrom: string | null;
};

/** How evaluations name a version of a hospital's set. */
export const versionName = (number: number): string => `v${number}`;

/**
 * The set with the ledger's word on it: every pack names this version and who approved it, whatever its text says, so
 * that no evaluation can name a version that it did not use.
 */
export const approvedPacks = (packs: TriagePacks, { number, approvedBy, effectiveFrom }: Approval): TriagePacks => {
  const stamped = <P extends PackHeader>(pack: P): P => ({
    ...pack,
    version: versionName(number),
    approvedBy,
    effectiveFrom: effectiveFrom ?? pack.effectiveFrom,
  });
  return {
    ageGroups: packs.ageGroups.map((group) => ({ ...group, pack: stamped(group.pack) })),
    additions: packs.additions.map(stamped),
    scores: packs.scores.map(stamped),
    indicators: stamped(packs.indicators),
    ...(packs.screening && { screening: stamped(packs.screening) }),
  };
};
