import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Pool, type PoolClient, type QueryConfig } from 'pg';
import { secretHash, sessionCookie } from '#libs/auth/session';
import { connectDataSource } from '#libs/db/data-source';
import { createFieldCipher, type FieldCipher } from '#libs/db/field-cipher';
import { openRing } from '../site/ledger';

/** What a raw server is told by its parent. */
export interface RawOrder {
  /** The ledger, as the application's role. */
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly kekFile: string;
}

/** The line that says that the server listens; its port follows. */
export const listeningLine = 'raw server listens on ';

/** Who is signed in. */
export interface Person {
  readonly sessionId: string;
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly wards: readonly string[];
}

/** One request in its transaction. */
export interface RawRequest {
  readonly client: PoolClient;
  readonly person: Person;
  readonly cipher: FieldCipher;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Names a statement, so that PostgreSQL parses it once for each connection. */
export const statement =
  (name: string, text: string) =>
  (...values: unknown[]): QueryConfig => ({ name, text, values });

/** The session's person, by the hash of its token. */
export const findSession = statement(
  'session',
  `select s.id "sessionId", u.id, u.display_name "name", u.organisation_id "organisationId",
     array(select g.ward_id from role_grant g where g.user_id = u.id and g.role = 'triage_nurse') wards
   from session s join app_user u on u.id = s.user_id
   where s.token_sha256 = $1 and s.ended_at is null and s.locked_at is null and s.expires_at > now() and u.disabled_at is null`,
);

/** What {@link findSession} looks for: the hash of the token that a request carries. */
export const tokenOf = ({ headers }: IncomingMessage): ReturnType<typeof secretHash> =>
  secretHash(headers.cookie?.split(`${sessionCookie}=`)[1] ?? '');

const actAs = statement(
  'act as',
  `select set_config('countersign.actor', $1, true), set_config('countersign.organisation', $2, true),
     set_config('countersign.wards', $3, true)`,
);

/** The least an honest server can be: `http`, a `pg` pool, a session look-up, one transaction, JSON. */
export const serveRaw = async (order: RawOrder, work: (request: RawRequest) => Promise<unknown>): Promise<void> => {
  const options = '-c plan_cache_mode=force_generic_plan';
  const pool = new Pool({ connectionString: order.databaseUrl, max: order.poolSize, options });
  const cipher = await cipherOf(order);
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { url: path = '/', headers } = request;
    const body = (await request.toArray()).join('');
    const [person] = (await pool.query<Person>(findSession(tokenOf(request)))).rows;
    if (!person) return void response.writeHead(401).end('{}');
    const value = await inTransaction(pool, person, (client) => work({ client, person, cipher, path, headers, body }));
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
  };
  const server = createServer((request, response) => {
    void answer(request, response).catch((thrown: unknown) => {
      console.error(thrown);
      response.writeHead(500).end('{}');
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`${listeningLine}${(server.address() as AddressInfo).port}`));
};

const cipherOf = async ({ databaseUrl, kekFile }: RawOrder): Promise<FieldCipher> => {
  const source = await connectDataSource({ url: databaseUrl });
  const cipher = createFieldCipher(await openRing(source, kekFile));
  await source.destroy();
  return cipher;
};

const inTransaction = async <T>(pool: Pool, person: Person, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(actAs(person.id, person.organisationId, person.wards.join(',')));
    const value = await work(client);
    await client.query('commit');
    return value;
  } catch (thrown) {
    await client.query('rollback');
    throw thrown;
  } finally {
    client.release();
  }
};
