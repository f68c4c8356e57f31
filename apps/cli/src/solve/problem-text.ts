import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { Command } from 'commander';
import type { ProblemFile } from '#libs/solver/engine/problem-file';
import { type ProblemName, problemFiles } from '#libs/solver/engine/problem-files';
import type { Reading } from '#libs/solver/failure';

/** A file that cannot be used ends the command with this code and one line that says where and why. */
const badFile = 2;

/** The text of a file, plain or gzip. */
export const textOfFile = (file: string, command: Command): string => {
  try {
    const bytes = readFileSync(file);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    return refuse(command, file, error instanceof Error ? error.message : String(error));
  }
};

/** What a reader made of a file, or the end of the command. */
export const readOrRefuse = <T>(read: Reading<T>, file: string, command: Command): T =>
  'value' in read ? read.value : refuse(command, file, `${read.failure.place}: ${read.failure.reason}`);

const refuse = (command: Command, file: string, why: string): never =>
  command.error(`error: ${file}: ${why}`, { exitCode: badFile, code: 'countersign.badFile' });

/** The files of a problem by its name; a plan goes only into the problem that made it. */
export const filesOf = (name: ProblemName): ProblemFile<unknown, unknown> =>
  problemFiles[name] as ProblemFile<unknown, unknown>;
