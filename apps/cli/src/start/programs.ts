import { resolve } from 'node:path';

/** What is run with our own Node. */
export interface Program {
  /** A compiled file, relative to the repository or absolute. */
  readonly entry: string;
  readonly args?: readonly string[];
  /** Node options in place of `--conditions=dist`. */
  readonly nodeOptions?: readonly string[];
}

/** A variable that tells a service one of its ports. */
export type PortVariable = 'API_PORT' | 'METRICS_PORT' | 'WORKER_HEALTH_PORT' | 'REHEARSAL_PORT';

/** A program that keeps running, and how it is known to be ready. */
export interface Service extends Program {
  readonly portVariable: PortVariable;
  /** Answers 200 on that port when it is ready. */
  readonly readyPath: string;
  /** What else it listens on. */
  readonly otherPorts?: readonly PortVariable[];
}

/** The names of the services. */
export type ProgramName = 'rehearsal' | 'worker' | 'api';

/** The programs that keep running beside PostgreSQL and Temporal. */
export const services: Readonly<Record<ProgramName, Service>> = {
  rehearsal: { entry: 'dist/apps/cli/src/rehearsal.js', portVariable: 'REHEARSAL_PORT', readyPath: '/v1/models' },
  worker: {
    entry: 'dist/apps/worker/src/main.js',
    portVariable: 'WORKER_HEALTH_PORT',
    readyPath: '/healthz/readiness',
  },
  api: {
    entry: 'dist/apps/api/src/main.js',
    portVariable: 'API_PORT',
    readyPath: '/healthz/readiness',
    otherPorts: ['METRICS_PORT'],
  },
};

/** The programs that run once at a start, each to its end. */
export const steps = {
  check: { entry: 'dist/apps/cli/src/main.js', args: ['config', 'check'] },
  migrate: { entry: 'dist/apps/cli/src/main.js', args: ['db', 'migrate'] },
  seed: { entry: 'dist/apps/cli/src/main.js', args: ['seed', '--if-empty'] },
  room: { entry: 'dist/apps/cli/src/main.js', args: ['seed', '--waiting-room', '--if-empty'] },
} as const satisfies Record<string, Program>;

/** A name of {@link steps}. */
export type StepName = keyof typeof steps;

/** The arguments for Node that run a program from a checkout. */
export const nodeArguments = (program: Program, root: string): string[] => [
  // No --enable-source-maps: Temporal traces every promise of a workflow, and each trace would be looked up in a source map.
  ...(program.nodeOptions ?? ['--conditions=dist']),
  resolve(root, program.entry),
  ...(program.args ?? []),
];
