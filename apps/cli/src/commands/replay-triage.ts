import { type Command, InvalidArgumentError, Option } from 'commander';
import { textOf } from '#libs/embedded/start-error';
import { readTriageRows, type TriageFormat, triageFormats } from '#libs/scoring/triage-file';
import { setStage } from '../demo/stage';
import { inThrowAway } from '../demo/throw-away';
import { untilAborted } from '../demo/until-aborted';
import { type ReplayFigures } from '../replay/figures';
import { proxiesOf } from '../replay/proxies';
import { type ReplayOrder, replayRows } from '../replay/replay-rows';
import { visitsOf } from '../replay/visit';

type Options = { readonly format: TriageFormat; readonly file: string; readonly limit?: number };

/** Adds `replay-triage`: rows of a data set through the whole product, on an installation of its own that it removes. */
export const registerReplayTriage = (program: Command): void => {
  program
    .command('replay-triage')
    .description('send the visits of a data set through the product on a throw-away installation; prints one JSON line')
    .addOption(new Option('--format <format>', 'layout of the file').choices(triageFormats).makeOptionMandatory())
    .requiredOption('--file <csv>', 'CSV file, plain or gzip')
    .option('--limit <n>', 'only the first n visits', countOf)
    .action(async (options: Options, command: Command) => {
      const read = readTriageRows(options.format, options.file);
      if ('failure' in read) command.error(`error: ${read.failure}`, { exitCode: 2, code: 'countersign.badFile' });
      const visits = visitsOf(read.rows, options.limit);
      process.exitCode = await run({ visits, unreadable: read.unreadable, proxies: proxiesOf(options.format) });
      // Whatever still holds a connection open must not keep a finished replay alive.
      setTimeout(() => process.exit(), 2000).unref();
    });
};

const countOf = (text: string): number => {
  const count = Number(text);
  if (Number.isInteger(count) && count > 0) return count;
  throw new InvalidArgumentError('a limit is a whole number from 1');
};

/* Only the figures go to stdout. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const run = async (what: Pick<ReplayOrder, 'visits' | 'unreadable' | 'proxies'>): Promise<number> => {
  const ending = new AbortController();
  const { signal } = ending;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort());
  say(`replaying ${what.visits.length} visits; unreadable lines: ${what.unreadable}`);
  for (const { zh, en } of what.proxies) say(`  · ${en} · ${zh}`);
  try {
    const figures = await inThrowAway({ env: process.env, signal, say }, (installation) =>
      untilAborted(onStage(installation, { ...what, say, signal }), signal),
    );
    process.stdout.write(`${JSON.stringify(figures)}\n`);
    return figures.failed === 0 && figures.violations === 0 ? 0 : 1;
  } catch (thrown) {
    say(signal.aborted ? 'broken off, and removed · 中止，已清除' : textOf(thrown));
    return 1;
  }
};

const onStage = async (installation: Parameters<typeof setStage>[0], order: ReplayOrder): Promise<ReplayFigures> => {
  const stage = await setStage(installation);
  try {
    return await replayRows(stage, order);
  } finally {
    await stage.close();
  }
};
