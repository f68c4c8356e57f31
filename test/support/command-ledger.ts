import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CommandLedger, inLedger } from '../../apps/cli/src/commands/ledger';
import { createKekFile } from '#libs/crypto/kek-file';
import { startTestPostgres, type TestPostgres } from './embedded';
import { migrateTestDatabase } from './test-api';

/** A migrated throw-away ledger for specs of commands. */
export interface TestLedger {
  readonly postgres: TestPostgres;
  readonly config: CommandLedger['config'];
  /** As a command does: opens the ledger, works in it, leaves it. */
  work<T>(work: (ledger: CommandLedger) => Promise<T>): Promise<T>;
  /** The same server with an empty ledger. */
  another(name: string): Promise<TestLedger>;
  stop(): Promise<void>;
}

/** Starts PostgreSQL with a migrated, empty ledger and a key file; about two seconds. */
export const startTestLedger = async (): Promise<TestLedger> => {
  const postgres = await startTestPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'countersign-command-'));
  const kekFile = join(folder, 'kek');
  await createKekFile(kekFile);
  const on = async (urls: { url: string; migrationUrl: string }, stateDir: string): Promise<TestLedger> => {
    await migrateTestDatabase(urls.migrationUrl);
    const config = {
      part: 'command',
      profile: 'demo',
      stateDir,
      kekFile,
      timeZone: 'Asia/Shanghai',
      database: urls,
    } as unknown as CommandLedger['config'];
    return {
      postgres,
      config,
      work: (work) => inLedger(config, work),
      another: async (name) => on(await postgres.database(name), join(folder, name)),
      stop: async () => {
        await postgres.stop();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  };
  return on(postgres, join(folder, 'state'));
};
