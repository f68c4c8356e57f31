import { type Prompt } from '#libs/llm/prompt';
import { checkPromptLock, extendPromptLock, type PromptLock, promptLockSchema } from '#libs/llm/prompt-lock';

/** What the lock holds of a prompt. */
export type PinnedPrompt = Pick<Prompt<unknown>, 'id' | 'version' | 'sha256'>;

/** The prompts among the exports of a module: every process hands its own on through the barrel of the activities. */
export const promptsAmong = (exports: object): PinnedPrompt[] => Object.values(exports).filter(isPrompt);

const isPrompt = (value: unknown): value is PinnedPrompt =>
  typeof value === 'object' &&
  value !== null &&
  ['id', 'version', 'sha256', 'system', 'schemaName'].every((key) => key in value);

const lockOf = (text: string | null): PromptLock => (text === null ? [] : promptLockSchema.parse(JSON.parse(text)));

/** The text of docs/prompts.lock.json with new versions added; what is in it is never rewritten. */
export const promptLockText = (prompts: readonly PinnedPrompt[], present: string | null): string =>
  `${JSON.stringify(extendPromptLock(prompts, lockOf(present)), null, 2)}\n`;

/** What a new version alone puts right, as sentences. */
export const promptLockProblems = (prompts: readonly PinnedPrompt[], text: string): string[] =>
  checkPromptLock(prompts, lockOf(text)).map(
    ({ id, version, problem }) => `prompt ${id} version ${version}: ${problem} (give it a new version)`,
  );
