import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Command } from 'commander';
import { readEnvironment } from '#libs/config/environment';
import { profileOf } from '../start/environment';
import { removeInstallation } from '../start/installation';
import { type Env } from '../start/start-options';
import { stateFolderOf } from '../start/start.command';

/** Adds `reset`: removes everything the demo installation of this checkout keeps. */
export const registerReset = (program: Command): void => {
  program
    .command('reset')
    .description(
      'remove the demo installation of this checkout with all its data (refused in production and while it runs)',
    )
    .option('--yes', 'really')
    .action(async ({ yes = false }: { yes?: boolean }) => {
      const removed = await resetInstallation(readEnvironment(), yes);
      removed.forEach((path) => console.log(`removed ${path}`));
      if (removed.length === 0) console.log('nothing to remove');
    });
};

/**
 * Removes the state folder and what it keeps outside; answers what was removed. Throws an error in production, without
 * confirmation, where the ledger is a database of the hospital's own, and INSTALLATION_IN_USE while it runs.
 */
export const resetInstallation = async (env: Env, confirmed: boolean): Promise<string[]> => {
  if (profileOf(env) !== 'demo') throw new Error('reset is for the demo profile only; nothing was removed');
  if (env['DATABASE_URL'])
    throw new Error('DATABASE_URL names a database of your own: empty it yourself; nothing was removed');
  const folder = stateFolderOf(env);
  if (!existsSync(folder)) return [];
  // A mistyped COUNTERSIGN_STATE_DIR must not empty somebody's folder.
  if (!existsSync(join(folder, 'install-id'))) throw new Error(`${folder} holds no installation; nothing was removed`);
  if (!confirmed) throw new Error(`This removes ${folder} with all data in it. Say so with: countersign reset --yes`);
  return removeInstallation(folder);
};
