import type { Say } from '#libs/embedded/start-error';
import type { Program, ProgramName, StepName } from './programs';

/** The environment a start reads: the process's, over what the folder's `.env` says. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What can be left out of an installation. */
export type Omittable = 'temporal' | ProgramName | StepName;

/** How an installation is started. */
export interface StartOptions {
  /** Everything it needs to start again lies here. */
  readonly stateDir: string;
  readonly env: Env;
  /** Port of the API that a person asked for: this one or an error. */
  readonly port?: number;
  /** Removes the state first. */
  readonly fresh?: boolean;
  /** For tests and benches that need only some of it. */
  readonly leaveOut?: readonly Omittable[];
  /** How many worker processes; `worker`, `worker-2`, … */
  readonly workers?: number;
  /** Over everything else in the environment of the children. */
  readonly childEnv?: Env;
  /** Other programs in place of the product's, for tests of the starter itself. */
  readonly programs?: Readonly<Partial<Record<ProgramName | StepName, Program>>>;
  /** Where the lines go that say what happens; default: the terminal, or nowhere when quiet. */
  readonly say?: Say;
  readonly quiet?: boolean;
  /** Breaks the start off; what runs already is ended. */
  readonly signal?: AbortSignal;
}

/** Names of the parts that run. */
export type PartName = 'postgres' | 'temporal' | 'rehearsal' | 'api' | `worker${'' | `-${number}`}`;

/** Whether an option leaves a part out. */
export const without = (options: StartOptions, name: Omittable): boolean => options.leaveOut?.includes(name) ?? false;
