import { closeSync, existsSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';

/** As much of the end of a log as is read: one that has grown for days does not fit into memory. */
const endBytes = 64 * 1024;

const endOf = (file: string): string => {
  const { size } = statSync(file);
  const end = Buffer.alloc(Math.min(size, endBytes));
  const opened = openSync(file, 'r');
  try {
    readSync(opened, end, 0, end.length, size - end.length);
  } finally {
    closeSync(opened);
  }
  return end.toString('utf8');
};

/** The last lines of a log as text to put under an error; empty when there is none. */
export const logTail = (file: string | undefined, lines = 20): string => {
  const text = file === undefined || !existsSync(file) ? '' : endOf(file);
  if (text === '') return '';
  return `\n  end of ${file}:\n${text.trimEnd().split('\n').slice(-lines).join('\n').replaceAll(/^/gm, '    ')}`;
};

/** Puts a log that has grown large aside (one generation is kept), before a part opens it again. */
export const rollLog = (file: string, largest = 16 * 1024 * 1024): void => {
  if (!existsSync(file) || statSync(file).size < largest) return;
  rmSync(`${file}.1`, { force: true });
  renameSync(file, `${file}.1`);
};
