import { type Command } from 'commander';
import { type Config } from '#libs/config/config';
import { readForInstallation } from '#libs/db/transaction';
import { readDemoLogins, readDemoServiceAccount } from '../seed/demo-files';
import { seedHospital } from '../seed/seed-hospital';
import { fillWaitingRoom } from '../seed/waiting-room/fill';
import { type CommandLedger, withLedger } from './ledger';

interface Flags {
  readonly ifEmpty?: boolean;
  readonly waitingRoom?: boolean;
}

/** Adds `seed`: the demo hospital with its people, and through its API the patients; the demo profile only. */
export const registerSeed = (program: Command): void => {
  program
    .command('seed')
    .description('fill the ledger with the demo hospital (demo data; refused in production)')
    .option('--if-empty', 'do nothing when there is a hospital (or with --waiting-room: a patient) already')
    .option('--waiting-room', 'fill the waiting room of the demo hospital instead, through the running API')
    .action((flags: Flags) => withLedger('seed', (ledger) => (flags.waitingRoom ? seedRoom : seed)(ledger, flags)));
};

/** Makes the demo hospital where there is none; says what it did. */
export const seed = async (
  { config, source, inTransaction }: CommandLedger,
  { ifEmpty = false }: Flags,
): Promise<void> => {
  const [present] = await source.query<{ name: string }[]>('select name from organisation order by created_at limit 1');
  if (!present) return told(await seedHospital(inTransaction, config.stateDir));
  if (!ifEmpty) throw new Error(`There is a hospital already: ${present.name}. Begin anew with: npm start -- --fresh`);
  console.log(`nothing to do: there is a hospital already (${present.name})`);
  if (readDemoLogins(config.stateDir) === null)
    console.log('Its demo passwords were lost. A new one for a login: countersign user password --login nurse1');
};

const told = ({ name, wards, people }: { name: string; wards: readonly unknown[]; people: readonly unknown[] }) =>
  console.log(`${name}: ${wards.length} wards, ${people.length} people`);

/** Fills the waiting room of the demo hospital through its API; says what it did. */
export const seedRoom = async ({ config, source }: CommandLedger, { ifEmpty = false }: Flags): Promise<void> => {
  const [hospital] = await readForInstallation<{ demo: boolean; patients: number }>(
    source,
    'select is_demo demo, (select count(*)::int from cases) patients from organisation order by created_at limit 1',
  );
  if (ifEmpty && (!hospital?.demo || hospital.patients > 0)) return console.log('nothing to do');
  if (!hospital?.demo) throw new Error('There is no demo hospital here: countersign seed makes it');
  const [logins, feed] = [readDemoLogins(config.stateDir), readDemoServiceAccount(config.stateDir)];
  if (!logins || !feed)
    throw new Error('The passwords of the demo hospital were lost: begin anew with npm start -- --fresh');
  const came = await fillWaitingRoom({ url: apiOf(config), logins, feed });
  console.log(`${came} patients came to the waiting room (demo data)`);
};

const apiOf = ({ listen: { tls, port } }: Pick<Config<'seed'>, 'listen'>): string =>
  `${tls ? 'https' : 'http'}://127.0.0.1:${port}`;
