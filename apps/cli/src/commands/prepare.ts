import { type Command } from 'commander';
import { findTemporal } from '#libs/embedded/temporal-binary';
import { stateFolderOf } from '../start/start.command';

/** Adds `prepare`: gets the Temporal programs a start or a test needs, building them once where there are none. */
export const registerPrepare = (program: Command): void => {
  program
    .command('prepare')
    .description('get what a start needs on this machine: the Temporal server, built once and cached')
    .action(async () => {
      const { env } = process;
      const { server } = await findTemporal({ env, stateDir: stateFolderOf(env), say: (line) => console.error(line) });
      console.log(`Temporal server: ${server}`);
    });
};
