import { type Command } from 'commander';
import { textOf } from '#libs/embedded/start-error';
import { createNarrator, verdictOf } from '../demo/narrator';
import { play } from '../demo/play';
import { inThrowAway } from '../demo/throw-away';
import { untilAborted } from '../demo/until-aborted';

/** Adds `demo`: a headless demonstration on an installation of its own, which it removes. */
export const registerDemo = (program: Command): void => {
  program
    .command('demo')
    .description('show how a patient is triaged while everything fails; exit code 0 only when every promise held')
    .action(async () => {
      process.exitCode = await runDemo();
      // Whatever still holds a connection open must not keep a finished demonstration alive.
      setTimeout(() => process.exit(), 2000).unref();
    });
};

const runDemo = async (): Promise<number> => {
  const ending = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());
  const narrator = createNarrator((line) => console.log(line));
  console.log(
    '会签演示（合成数据，独立的临时安装） · Countersign: a demonstration on made-up data, on a throw-away installation',
  );
  const startedAt = performance.now();
  const options = { env: process.env, signal: ending.signal, say: (line: string) => console.log(line) };
  try {
    await inThrowAway(options, async (installation) => {
      const readyAt = performance.now();
      await untilAborted(play(installation, narrator, ending.signal), ending.signal);
      console.log(`\n${seconds(readyAt)} s after ${seconds(startedAt, readyAt)} s of starting`);
    });
    const { lines, exitCode } = verdictOf(narrator);
    lines.forEach((line) => console.log(line));
    return exitCode;
  } catch (thrown) {
    console.error(ending.signal.aborted ? '\n中止，已清除 · broken off, and removed' : `\n${textOf(thrown)}`);
    return 1;
  }
};

const seconds = (from: number, to = performance.now()): string => ((to - from) / 1000).toFixed(1);
