import { join } from 'node:path';
import { createKekFile } from '#libs/crypto/kek-file';
import { ensureDatabases } from '#libs/embedded/databases';
import { type Postgres, startPostgres } from '#libs/embedded/postgres';
import type { TemporalBinaries } from '#libs/embedded/temporal-program';
import { startTemporal } from '#libs/embedded/temporal-server';
import { found, type Site } from './site';

/** The ledger's database and its two roles: one owns and migrates, the other only works in it. */
export const ledgerNames = { database: 'countersign', owner: 'countersign_owner', app: 'countersign_app' } as const;

/** Starts PostgreSQL in the state folder. */
export const embedPostgres = async ({ state, options, supervision }: Site): Promise<Postgres> =>
  startPostgres({
    stateDir: state.dir,
    installId: state.installId,
    env: options.env,
    ports: state.ports,
    password: state.secrets.postgres,
    logFile: state.logFile('postgres'),
    supervision,
  });

/** Makes the ledger's database and roles, and lets the children know them. */
export const makeLedger = async (site: Site, postgres: Postgres): Promise<void> => {
  const { secrets } = site.state;
  const owner = { name: ledgerNames.owner, password: secrets.owner };
  const app = { name: ledgerNames.app, password: secrets.app };
  await ensureDatabases(postgres.adminUrl(), [{ name: ledgerNames.database, owner, guests: [app] }]);
  found(site, {
    DATABASE_URL: postgres.url(app.name, app.password, ledgerNames.database),
    DATABASE_MIGRATION_URL: postgres.url(owner.name, owner.password, ledgerNames.database),
  });
};

/** Starts Temporal on that PostgreSQL, under a role that cannot open the ledger. */
export const embedTemporal = async (site: Site, postgres: Postgres, binaries: TemporalBinaries): Promise<void> => {
  const { state, options, supervision } = site;
  const temporal = await startTemporal({
    binaries,
    postgres,
    role: { name: 'countersign_temporal', password: state.secrets.temporal },
    ports: state.ports,
    namespace: options.env['TEMPORAL_NAMESPACE'] || 'countersign',
    retentionDays: Number(options.env['TEMPORAL_RETENTION_DAYS'] || 3),
    folder: join(state.dir, 'temporal'),
    logFile: state.logFile('temporal'),
    supervision,
  });
  found(site, { TEMPORAL_ADDRESS: temporal.address, TEMPORAL_NAMESPACE: temporal.namespace });
};

/** The key that wraps all others: the one that is named, or in the demo a random one in the state folder. */
export const provideKek = async (site: Site): Promise<void> => {
  if (site.options.env['COUNTERSIGN_KEK_FILE']) return;
  const file = join(site.state.dir, 'kek');
  await createKekFile(file);
  found(site, { COUNTERSIGN_KEK_FILE: file });
};
