import { createInterface } from 'node:readline';
import { type Child, spawnChild } from '#libs/embedded/children';

/** A program of the bench: its file, what it is told (JSON in its only argument), and its first line, which says it is ready. */
export interface ProgramWish {
  readonly name: string;
  /** Absolute path without extension. */
  readonly entry: string;
  readonly order: object;
  readonly readyLine: string;
  /** Told of every further line. */
  readonly onLine?: (line: string) => void;
}

/** A running program, and what its ready line went on to say. */
export interface Program {
  readonly child: Child;
  readonly said: string;
}

/** Starts a program as a process of its own, as the product's are; throws when it ends before it is ready. */
export const startProgram = async ({ name, entry, order, readyLine, onLine }: ProgramWish): Promise<Program> => {
  const child = await spawnChild({
    name,
    command: process.execPath,
    args: ['--conditions=dist', require.resolve(entry), JSON.stringify(order)],
    env: { PATH: process.env['PATH'] },
  });
  const { stdout, stderr } = child.process;
  stderr?.on('data', (chunk: Buffer) => process.stderr.write(chunk));
  if (!stdout) throw new Error(`${name} has no output`);
  const lines = createInterface({ input: stdout });
  const said = await new Promise<string>((resolve, reject) => {
    lines.once('line', (line) => line.startsWith(readyLine) && resolve(line.slice(readyLine.length)));
    void child.exited.then(({ code }) => reject(new Error(`${name} ended with ${code}`)));
  });
  if (onLine) lines.on('line', onLine);
  return { child, said };
};
