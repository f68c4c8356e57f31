import { resolve } from 'node:path';
import { type Command } from 'commander';
import { type DowntimeCopy, copiesIn, openDowntimeFolder } from '#libs/triage-desk/downtime-folder';
import { copyLists } from '../../../worker/src/downtime/copy-lists';
import { commandConfig, type CommandLedger, withLedger } from './ledger';
import { operatorOf } from './operator';

/** Adds `downtime-list`: where the last printable lists lie and how old they are, or new ones from the database. */
export const registerDowntimeList = (program: Command): void => {
  program
    .command('downtime-list')
    .description('the printable triage lists: where the last copies lie, or fresh ones from the database')
    .option('--render <folder>', 'write them from the database into this folder (mode 0700), though the API is down')
    .action(({ render }: { render?: string }) =>
      render === undefined
        ? showCopies()
        : withLedger('command', async (ledger) =>
            (await renderLists(ledger, render)).forEach((path) => console.log(path)),
          ),
    );
};

const showCopies = (): void => {
  const { downtimeDir } = commandConfig('check');
  if (downtimeDir === undefined)
    throw new Error('No copies are written: COUNTERSIGN_DOWNTIME_DIR is not set. From the database: --render <folder>');
  openDowntimeFolder(downtimeDir);
  const copies = copiesIn(downtimeDir);
  if (copies.length === 0) console.log(`No copy lies in ${downtimeDir} yet.`);
  copies.forEach((copy) => console.log(lineOf(copy, new Date())));
};

/** A copy with its age, for a terminal. */
export const lineOf = ({ path, writtenAt }: DowntimeCopy, now: Date): string => {
  const seconds = Math.max(0, Math.round((now.getTime() - writtenAt.getTime()) / 1000));
  const age = seconds < 120 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`;
  return `${path}  ${writtenAt.toISOString()}  ${age} old`;
};

/** Writes the lists from the database, in the name of whoever is at the terminal; answers the paths. */
export const renderLists = ({ config, inTransaction }: CommandLedger, folder: string): Promise<string[]> =>
  copyLists(
    { inTransaction, folder: resolve(folder), timeScale: config.timeScale, principalOf: operatorOf },
    new Map(),
  );
