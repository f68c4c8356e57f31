import { ihtcSolver } from '../ihtc/ihtc.solver';
import { wardSolver } from '../operational/ward.solver';
import { pasSolver } from '../pas/pas.solver';
import { pasuSolver } from '../pasu/pasu.solver';
import type { ProblemName } from './problem-files';

/** Every problem that the engine can solve, by the name that the command line gives it. */
export const solvers = {
  pas: pasSolver,
  pasu: pasuSolver,
  ihtc: ihtcSolver,
  ward: wardSolver,
} as const satisfies Record<ProblemName, unknown>;

export type SolverName = keyof typeof solvers;
