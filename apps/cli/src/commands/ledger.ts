import { type DataSource } from 'typeorm';
import { type Config } from '#libs/config/config';
import { formatConfigErrors } from '#libs/config/config-error';
import { readEnvironment } from '#libs/config/environment';
import { loadConfig } from '#libs/config/load-config';
import { type Part } from '#libs/config/parts';
import { readKekFile } from '#libs/crypto/kek-file';
import { type KeyRing } from '#libs/crypto/key-ring';
import { createFieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { createInTransaction, type InTransaction } from '#libs/db/transaction';
import { textOf } from '#libs/embedded/start-error';
import { connectPatiently } from './connect';
import { installationEnvironment } from './installation-environment';

/** The ledger as a command works in it, as the application's role. */
export interface CommandLedger {
  readonly config: Config<'seed' | 'command'>;
  readonly source: DataSource;
  readonly inTransaction: InTransaction;
}

/** The configuration of a command on this checkout's installation. Throws an error that lists everything wrong with it. */
export const commandConfig = <P extends Part>(part: P): Config<P> => {
  const loaded = loadConfig(installationEnvironment(readEnvironment()), { part });
  if (loaded.ok) return loaded.config;
  const advice = `is the installation started (npm start)? Otherwise:\n${formatConfigErrors(loaded.errors)}`;
  throw new Error(`This command needs to know where the installation is: ${advice}`);
};

/** Does something in the ledger and leaves it. Throws an error that says what to do when it cannot be reached or opened. */
export const withLedger = async <T>(
  part: 'seed' | 'command',
  work: (ledger: CommandLedger) => Promise<T>,
): Promise<T> => inLedger(commandConfig(part), work);

/** As {@link withLedger}, on a configuration that is known already. */
export const inLedger = async <T>(
  config: CommandLedger['config'],
  work: (ledger: CommandLedger) => Promise<T>,
): Promise<T> => {
  const source = await connect(config);
  try {
    const cipher = createFieldCipher(await openRing(config, source));
    return await work({ config, source, inTransaction: createInTransaction(source, cipher) });
  } finally {
    await source.destroy();
  }
};

const connect = async ({ database }: CommandLedger['config']): Promise<DataSource> => {
  try {
    return await connectPatiently({ url: database.url, poolSize: 2, applicationName: 'countersign-cli' });
  } catch (thrown) {
    throw new Error(
      `PostgreSQL does not answer (${textOf(thrown)}). Is the installation running? Start it with: npm start`,
      { cause: thrown },
    );
  }
};

interface Found {
  readonly migrated: boolean;
  readonly founded: boolean;
}

const foundSql = `select to_regclass('public.encryption_key') is not null migrated`;

const foundIn = async (source: DataSource): Promise<Found> => {
  const [there] = await source.query<{ migrated: boolean }[]>(foundSql);
  if (!there?.migrated) return { migrated: false, founded: false };
  const organisations = await source.query<unknown[]>('select 1 from organisation limit 1');
  return { migrated: true, founded: organisations.length > 0 };
};

/* Keys are made with the hospital: a ledger with a hospital but without keys has lost them, and new ones would hide that. */
const openRing = async ({ kekFile, profile }: CommandLedger['config'], source: DataSource): Promise<KeyRing> => {
  const { migrated, founded } = await foundIn(source);
  if (!migrated) throw new Error('The ledger has no schema yet. Make it with: countersign db migrate');
  const read = await readKekFile(kekFile, { strict: profile === 'production' });
  if (!read.ok) throw new Error(`The key file ${kekFile} cannot be used: ${read.reason} (COUNTERSIGN_KEK_FILE)`);
  return loadKeyRing(source, read.kek, { create: !founded });
};
