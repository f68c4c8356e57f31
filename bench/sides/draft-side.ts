/** One of two things that draft: begun, drafted by a worker in its own time, ended by a decision. */
export interface DraftSide {
  readonly name: string;
  /** Begins a case in one of the lanes; answered when it stands. */
  readonly begin: (lane: number) => Promise<string>;
  /** How many of these have their draft, and for how many there will be none. */
  readonly drafted: (keys: readonly string[]) => Promise<{ readonly drafted: number; readonly failed: number }>;
  /** Decides a case, so that nothing of it is left to do. */
  readonly end: (key: string, lane: number) => Promise<void>;
  /** The processes whose work it is. */
  readonly pids: () => Readonly<Record<string, readonly number[]>>;
}
