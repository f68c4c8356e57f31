import { type Command } from 'commander';
import { readEnvironment } from '#libs/config/environment';
import { examineAll } from './doctor/examination';
import { reportLines } from './doctor/finding';

/** Adds `doctor`: says what is wrong with this installation and what to do about it. */
export const registerDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('look at everything this installation needs; exit code 1 when something must be put right')
    .action(async () => {
      const findings = await examineAll(readEnvironment());
      reportLines(findings).forEach((line) => console.log(line));
      if (findings.some(({ state }) => state === 'fail')) process.exitCode = 1;
    });
};
