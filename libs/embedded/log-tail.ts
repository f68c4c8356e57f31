import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { readText } from './state-files';

/** The last lines of a log as text to put under an error; empty when there is none. */
export const logTail = (file: string | undefined, lines = 20): string => {
  const text = file === undefined ? null : readText(file);
  if (!text) return '';
  return `\n  end of ${file}:\n${text.trimEnd().split('\n').slice(-lines).join('\n').replaceAll(/^/gm, '    ')}`;
};

/** Puts a log that has grown large aside (one generation is kept), before a part opens it again. */
export const rollLog = (file: string, largest = 16 * 1024 * 1024): void => {
  if (!existsSync(file) || statSync(file).size < largest) return;
  rmSync(`${file}.1`, { force: true });
  renameSync(file, `${file}.1`);
};
