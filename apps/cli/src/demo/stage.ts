import { Pool } from 'pg';
import { type ApiDoor, openMachineDoor, signIn } from '#libs/api-client/door';
import { readKekFile } from '#libs/crypto/kek-file';
import { type KeyRing } from '#libs/crypto/key-ring';
import { connectDataSource } from '#libs/db/data-source';
import { actingForInstallation } from '#libs/db/for-installation';
import { createFieldCipher, type FieldCipher } from '#libs/db/field-cipher';
import { loadKeyRing } from '#libs/db/stores/key-ring.store';
import { type Acknowledged } from '#libs/invariants/decisions';
import { type Query } from '#libs/invariants/violation';
import { connectTemporal, type TemporalLink } from '#libs/temporal/temporal-link';
import { readDemoLogins, readDemoServiceAccount } from '../seed/demo-files';
import { wardOf } from '../seed/desk';
import { wardCodes } from '../seed/hospital';
import { type Installation } from '../start/installation';

/** Somebody on the stage: at the API, and with the password a second signature asks for. */
export interface Player {
  readonly door: ApiDoor;
  readonly name: string;
  readonly password: string;
}

/** An installation with its players, and the ways to look behind the scenes. */
export interface Stage {
  readonly installation: Installation;
  readonly players: Readonly<Record<Part, Player>>;
  /** The ADT feed. */
  readonly feed: ApiDoor;
  /** The desk where everybody arrives. */
  readonly wardId: string;
  /** SQL as the owner of the ledger. */
  readonly query: Query;
  readonly cipher: FieldCipher;
  readonly ring: KeyRing;
  readonly link: TemporalLink;
  /** What patients are called and say: must be nowhere in the clear afterwards. */
  readonly canaries: string[];
  /** Every decision that somebody was told of. */
  readonly acknowledged: Acknowledged[];
  close(): Promise<void>;
}

const parts = {
  nurse: 'nurse1',
  colleague: 'nurse2',
  charge: 'charge1',
  physician: 'doctor1',
  security: 'secadmin',
} as const;

/** The parts that are played. */
export type Part = keyof typeof parts;

/** Signs the players in at a fresh installation and opens the ways behind the scenes. */
export const setStage = async (installation: Installation): Promise<Stage> => {
  const { env, addresses } = installation;
  const ownerUrl = actingForInstallation(env['DATABASE_MIGRATION_URL'] ?? '');
  const ring = await ringOf(ownerUrl, env['COUNTERSIGN_KEK_FILE'] ?? '');
  const pool = openPool(ownerUrl);
  const link = connectTemporal(
    { address: addresses.temporal ?? '', namespace: env['TEMPORAL_NAMESPACE'] ?? '' },
    'demo',
  );
  const players = await signAllIn(installation);
  const feed = openMachineDoor(addresses.api ?? '', readDemoServiceAccount(installation.stateDir)?.token ?? '');
  const close = async (): Promise<void> => {
    await Promise.all([feed, ...Object.values(players).map(({ door }) => door)].map((door) => door.close()));
    await link.close();
    await pool.end();
  };
  return {
    installation,
    players,
    feed,
    wardId: await wardOf(players.nurse.door, wardCodes.desk),
    query: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await pool.query(sql, [...parameters])).rows as Row[],
    cipher: createFieldCipher(ring),
    ring,
    link,
    canaries: [],
    acknowledged: [],
    close,
  };
};

/* Looking over a whole ledger takes longer than a request may; PostgreSQL may be killed meanwhile. */
const openPool = (connectionString: string): Pool => {
  const pool = new Pool({ connectionString, max: 2 });
  pool.on('error', () => undefined);
  return pool;
};

const ringOf = async (url: string, kekFile: string): Promise<KeyRing> => {
  const read = await readKekFile(kekFile, { strict: false });
  if (!read.ok) throw new Error(`the key file of the demonstration cannot be used: ${read.reason}`);
  const source = await connectDataSource({ url, poolSize: 1 });
  try {
    return await loadKeyRing(source, read.kek, { create: false });
  } finally {
    await source.destroy();
  }
};

const signAllIn = async ({ stateDir, addresses }: Installation): Promise<Record<Part, Player>> => {
  const logins = readDemoLogins(stateDir) ?? [];
  const player = async ([part, login]: [string, string]): Promise<[string, Player]> => {
    const { password = '', name = login } = logins.find(({ username }) => username === login) ?? {};
    return [part, { door: await signIn(addresses.api ?? '', { login, password }), name, password }];
  };
  return Object.fromEntries(await Promise.all(Object.entries(parts).map(player))) as Record<Part, Player>;
};
