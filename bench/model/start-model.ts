import { stopChild } from '#libs/embedded/children';
import { REHEARSAL_MODEL } from '#libs/llm/rehearsal/server';
import { startProgram } from '../site/program';
import { type ModelOrder, readyLine } from './model.main';

/** A model that answers each request after the same time, in a process of its own. */
export interface FixedModel {
  readonly baseUrl: string;
  /** What points the product at it. */
  readonly env: Readonly<Record<string, string>>;
  /** When it was asked for the drafts since the last call; milliseconds since the epoch. */
  readonly taken: () => number[];
  readonly stop: () => Promise<unknown>;
}

/** Starts the model. */
export const startModel = async (order: ModelOrder): Promise<FixedModel> => {
  const asked: number[] = [];
  const entry = require.resolve('./model.main');
  const onLine = (line: string): void => void asked.push(Number(line));
  const { child, said: baseUrl } = await startProgram({ name: 'model', entry, order, readyLine, onLine });
  return {
    baseUrl,
    env: { DEEPSEEK_BASE_URL: baseUrl, DEEPSEEK_MODEL: REHEARSAL_MODEL },
    taken: () => asked.splice(0),
    stop: () => stopChild(child),
  };
};
