import { pasSolver } from '../pas/pas.solver';

/** Every problem that the engine can solve, by the name that the command line gives it. */
export const solvers = { pas: pasSolver } as const;

export type SolverName = keyof typeof solvers;
