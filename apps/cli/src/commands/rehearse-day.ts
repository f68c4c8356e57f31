import { writeFileSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { freePort } from '#libs/embedded/free-port';
import { textOf } from '#libs/embedded/start-error';
import { type DayOrder } from '../day/day-plan';
import { reportOf } from '../day/day-report';
import { type DayOutcome, playDay } from '../day/play-day';
import { setStage } from '../demo/stage';
import { inThrowAway } from '../demo/throw-away';
import { untilAborted } from '../demo/until-aborted';

type Options = DayOrder & { readonly report?: string };

/** Adds `rehearse-day`: a busy day of an emergency department on an installation of its own, which it removes. */
export const registerRehearseDay = (program: Command): void => {
  program
    .command('rehearse-day')
    .description(
      'play a busy day, with kills, an outage of the model and a change of rules, on a throw-away installation',
    )
    .option('--hours <n>', 'how long the day is', positive, 24)
    .option('--arrivals <n>', 'how many patients come', positive, 400)
    .option('--monitors <n>', 'bedside monitors, each with a reading a minute', positive, 40)
    .option('--speed <n>', 'how many times as fast as ours the day passes', positive, 20)
    .option('--seed <n>', 'of every chance in the plan', positive, 1)
    .option('--report <file>', 'where to write the report; the terminal by default')
    .action(async (options: Options) => {
      process.exitCode = await run(options);
      // Whatever still holds a connection open must not keep a finished day alive.
      setTimeout(() => process.exit(), 2000).unref();
    });
};

const positive = (text: string): number => {
  const value = Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new InvalidArgumentError('a number above 0');
};

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const run = async ({ report, ...order }: Options): Promise<number> => {
  const ending = new AbortController();
  const { signal } = ending;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => ending.abort());
  try {
    const mllpPort = await freePort();
    const childEnv = { COUNTERSIGN_TIME_SCALE: (1 / order.speed).toFixed(6), MLLP_PORT: String(mllpPort) };
    const { text, outcome } = await inThrowAway({ env: process.env, signal, say, childEnv }, (installation) =>
      untilAborted(onStage(installation, { order, mllpPort, signal }), signal),
    );
    if (report) writeFileSync(report, text);
    else process.stdout.write(text);
    return outcome.violations.length + outcome.tally.faults.length === 0 ? 0 : 1;
  } catch (thrown) {
    say(signal.aborted ? 'broken off, and removed · 中止，已清除' : textOf(thrown));
    return 1;
  }
};

const onStage = async (
  installation: Parameters<typeof setStage>[0],
  played: { order: DayOrder; mllpPort: number; signal: AbortSignal },
): Promise<{ text: string; outcome: DayOutcome }> => {
  const stage = await setStage(installation);
  try {
    const outcome = await playDay(stage, { ...played, say });
    return { text: await reportOf(stage.query, outcome), outcome };
  } finally {
    await stage.close();
  }
};
