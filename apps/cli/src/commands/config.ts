import { type Command } from 'commander';
import { printableConfig } from '#libs/config/printable-config';
import { loadOrExit } from '../load-or-exit';

/** Adds `config check` and `config print`. */
export const registerConfig = (program: Command): void => {
  const config = program.command('config').description('the configuration of this installation');
  config
    .command('check')
    .description('check every variable; lists all errors at once and ends with code 2 when there are any')
    .action(() => {
      const { profile } = loadOrExit('check');
      console.log(`configuration ok (profile ${profile})`);
    });
  config
    .command('print')
    .description('print the effective configuration with secrets hidden')
    .action(() => console.log(JSON.stringify(printableConfig(loadOrExit('check')), null, 2)));
};
