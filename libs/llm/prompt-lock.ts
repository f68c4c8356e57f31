import { z } from 'zod';
import { type Prompt } from './prompt';

/** The committed history of prompts: every version that ever was, never rewritten. */
export const promptLockSchema = z.array(
  z.strictObject({ id: z.string(), version: z.number().int().positive(), sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
);

/** See {@link promptLockSchema}. */
export type PromptLock = z.infer<typeof promptLockSchema>;

/** One reason why the build fails. */
export interface PromptLockProblem {
  id: string;
  version: number;
  problem: 'changed-without-new-version' | 'not-in-lock' | 'version-went-back' | 'duplicate';
}

type Pinned = Pick<Prompt<unknown>, 'id' | 'version' | 'sha256'>;

const problemOf = (prompt: Pinned, lock: PromptLock): PromptLockProblem['problem'] | null => {
  const known = lock.filter((entry) => entry.id === prompt.id);
  const same = known.find((entry) => entry.version === prompt.version);
  if (same !== undefined && same.sha256 !== prompt.sha256) return 'changed-without-new-version';
  if (known.some((entry) => entry.version > prompt.version)) return 'version-went-back';
  return same === undefined ? 'not-in-lock' : null;
};

const duplicates = (prompts: readonly Pinned[]): PromptLockProblem[] =>
  prompts
    .filter((prompt, at) => prompts.findIndex((other) => other.id === prompt.id) !== at)
    .map(({ id, version }) => ({ id, version, problem: 'duplicate' }));

/** Compares the prompts of the code with the lock; an empty list means that nothing changed unannounced. */
export const checkPromptLock = (prompts: readonly Pinned[], lock: PromptLock): PromptLockProblem[] => [
  ...duplicates(prompts),
  ...prompts.flatMap((prompt) => {
    const problem = problemOf(prompt, lock);
    return problem === null ? [] : [{ id: prompt.id, version: prompt.version, problem }];
  }),
];

/** The lock with new versions added; what only a new version may change is left, so the check still fails for it. */
export const extendPromptLock = (prompts: readonly Pinned[], lock: PromptLock): PromptLock => {
  const added = prompts
    .filter((prompt) => problemOf(prompt, lock) === 'not-in-lock')
    .map(({ id, version, sha256 }) => ({ id, version, sha256 }));
  return [...lock, ...added].toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : a.version - b.version));
};
