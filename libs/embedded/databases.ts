import { Client, escapeIdentifier, escapeLiteral } from 'pg';

/** A role that may log in and nothing else: no superuser, no bypass of row security, no making of roles or databases. */
export interface LoginRole {
  readonly name: string;
  readonly password: string;
}

/** A database, who owns it and who else may connect. */
export interface DatabaseWish {
  readonly name: string;
  readonly owner: LoginRole;
  readonly guests?: readonly LoginRole[];
}

/**
 * Makes these databases and roles as they should be, whatever is there already. Only owner and guests may connect to a
 * database: the role that runs Temporal cannot open the ledger, and the ledger's roles cannot open Temporal's history.
 */
export const ensureDatabases = async (adminUrl: string, wishes: readonly DatabaseWish[]): Promise<void> => {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('revoke connect on database postgres, template1 from public');
    for (const wish of wishes) await ensureDatabase(client, wish);
  } finally {
    await client.end();
  }
};

const ensureDatabase = async (client: Client, { name, owner, guests = [] }: DatabaseWish): Promise<void> => {
  for (const role of [owner, ...guests]) await ensureRole(client, role);
  const [database, owning] = [escapeIdentifier(name), escapeIdentifier(owner.name)];
  const { rowCount } = await client.query('select from pg_database where datname = $1', [name]);
  if (rowCount === 0) await client.query(`create database ${database} owner ${owning}`);
  await client.query(`revoke all on database ${database} from public`);
  for (const guest of guests)
    await client.query(`grant connect on database ${database} to ${escapeIdentifier(guest.name)}`);
};

const ensureRole = async (client: Client, { name, password }: LoginRole): Promise<void> => {
  const role = escapeIdentifier(name);
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${role}`);
  await client.query(
    `alter role ${role} login nosuperuser nobypassrls nocreaterole nocreatedb noreplication password ${escapeLiteral(password)}`,
  );
};
