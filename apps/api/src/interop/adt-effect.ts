import { type Hl7Problem, type Hl7ProblemReason } from '#libs/interop/hl7v2/problem';

/** What an event did: changed something, had no effect and why, or what is wrong with it (then nothing was changed). */
export type AdtEffect =
  | { readonly outcome: 'applied'; readonly visitId: string | null; readonly caseId: string | null }
  | {
      readonly outcome: 'ignored';
      readonly reason: string;
      readonly visitId?: string;
      readonly caseId?: string;
    }
  | { readonly outcome: 'dead'; readonly problems: readonly Hl7Problem[] };

/** By whose calendar times are read, and how contract time passes. */
export interface AdtSetting {
  readonly timeZone: string;
  readonly timeScale: number;
}

/** An event that cannot be applied: the code of table 0357, why, and where. */
export const dead = (code: Hl7Problem['code'], reason: Hl7ProblemReason, path: string): AdtEffect => ({
  outcome: 'dead',
  problems: [{ code, reason, path }],
});

/** An event without effect. */
export const ignored = (reason: string, about: { visitId?: string; caseId?: string } = {}): AdtEffect => ({
  outcome: 'ignored',
  reason,
  ...about,
});
