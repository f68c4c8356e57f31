/** From when on something is a finding, in milliseconds, and how many findings of a kind one run reports. */
export interface ReconcileLimits {
  /** A decision that is not carried out. */
  readonly uncommittedMs: number;
  /** A new case that has no workflow yet. */
  readonly settleMs: number;
  /** An entry that is not sent. */
  readonly lateMs: number;
  /** A workflow that runs after its case ended; more than the undo time. */
  readonly lingerMs: number;
  readonly findings: number;
}

/** The limits of an installation. */
export const defaultLimits: ReconcileLimits = {
  uncommittedMs: 30_000,
  settleMs: 30_000,
  lateMs: 5 * 60_000,
  lingerMs: 60 * 60_000,
  findings: 1000,
};
