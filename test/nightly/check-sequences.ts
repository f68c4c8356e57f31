import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { repositoryRoot } from '#libs/embedded/repository';
import { type Disturbance, type Model, type Real, sequences } from './review-model';

/** What is checked: so many sequences, each against a fresh model and the real thing of `open`. */
export interface Check {
  readonly name: string;
  readonly sequences: number;
  readonly commands: number;
  readonly disturbances: readonly Disturbance[];
  readonly gate: Omit<Model, 'reviews'>;
  open(): Real | Promise<Real>;
}

interface Saved {
  readonly seed: number;
  readonly path: string;
  readonly shrunk: string;
}

const folder = (): string => join(repositoryRoot(), '.countersign', 'nightly');

/**
 * Runs sequences against the model. One that fails is shrunk and kept in `.countersign/nightly`, and the next run begins
 * with it; throws what fast-check reports.
 */
export const checkSequences = async (check: Check): Promise<void> => {
  const file = join(folder(), `${check.name}.json`);
  if (existsSync(file)) await runFrom(check, file, JSON.parse(readFileSync(file, 'utf8')) as Saved);
  await runFrom(check, file, {});
  rmSync(file, { force: true });
};

const runFrom = async (check: Check, file: string, { seed, path, shrunk = '' }: Partial<Saved>): Promise<void> => {
  const { commands, disturbances, gate } = check;
  const replayPath = /replayPath="([^"]+)"/.exec(shrunk)?.[1];
  const property = fc.asyncProperty(sequences(commands, disturbances, replayPath), async (sequence) => {
    const real = await check.open();
    await fc.asyncModelRun((): { model: Model; real: Real } => ({ model: { reviews: [], ...gate }, real }), sequence);
  });
  const again = seed !== undefined && path !== undefined;
  const details = await fc.check(property, again ? { seed, path, numRuns: 1 } : { numRuns: check.sequences });
  if (!details.failed) return;
  mkdirSync(folder(), { recursive: true });
  const kept: Saved = {
    seed: details.seed,
    path: details.counterexamplePath ?? '',
    shrunk: fc.stringify(details.counterexample),
  };
  writeFileSync(file, JSON.stringify(kept, null, 2));
  throw new Error(`${check.name}: ${kept.shrunk}\nkept in ${file}\n${String(details.errorInstance)}`);
};
