import { type Command, Option } from 'commander';
import { scoreTriageFile } from '#libs/scoring/score-file';
import { type TriageFormat, triageFormats } from '#libs/scoring/triage-file';

type Options = { readonly format: TriageFormat; readonly file: string };

/** Adds `score-triage`: the product's own triage rules against a data set of real visits, one JSON line on stdout. */
export const registerScoreTriage = (program: Command): void => {
  program
    .command('score-triage')
    .description('score the triage rules on a data set; prints one JSON line')
    .addOption(new Option('--format <format>', 'layout of the file').choices(triageFormats).makeOptionMandatory())
    .requiredOption('--file <csv>', 'CSV file, plain or gzip')
    .action((options: Options, command: Command) => run(options, command));
};

const run = ({ format, file }: Options, command: Command): void => {
  const outcome = scoreTriageFile(format, file);
  if ('failure' in outcome) command.error(`error: ${outcome.failure}`, { exitCode: 2, code: 'countersign.badFile' });
  if (outcome.refused > 0) process.stderr.write(`impossible and taken as missing: ${outcome.refused} measurement(s)\n`);
  process.stdout.write(`${JSON.stringify(outcome.score)}\n`);
};
