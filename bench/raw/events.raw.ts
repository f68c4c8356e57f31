import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { Client, Pool } from 'pg';
import { actingForInstallation } from '#libs/db/for-installation';
import { findSession, listeningLine, type Person, type RawOrder, tokenOf } from './raw-server';

interface Change {
  readonly seq: number;
  readonly wardId: string;
  readonly topic: string;
  readonly entityId: string;
}

const newChanges = `select feed_seq::float8 seq, ward_id "wardId", topic, entity_id "entityId" from change_feed
  where feed_seq > $1 order by feed_seq`;

const beatMs = 5000;

/** Who listens, by ward. */
type Listeners = Map<string, Set<ServerResponse>>;

/* Every listener of the ward gets the same text, made once: the bytes that the product sends. */
const tell = (listeners: Listeners, { seq, wardId, topic, entityId }: Change): void => {
  const text = `id: ${seq}\nevent: change\ndata: ${JSON.stringify({ topic, id: entityId })}\n\n`;
  for (const response of listeners.get(wardId) ?? []) response.write(text);
};

/* Reads on whenever PostgreSQL says that numbers were given, one reading at a time. */
const follow = async (databaseUrl: string, deliver: (change: Change) => void): Promise<() => number> => {
  const client = new Client({ connectionString: actingForInstallation(databaseUrl) });
  await client.connect();
  const { rows } = await client.query<{ seq: number }>(
    'select coalesce(max(feed_seq), 0)::float8 seq from change_feed',
  );
  let position = rows[0]?.seq ?? 0;
  const read = async (): Promise<void> => {
    const found = await client.query<Change>({ name: 'changes', text: newChanges, values: [position] });
    for (const change of found.rows) {
      position = change.seq;
      deliver(change);
    }
  };
  let reading = Promise.resolve();
  client.on('notification', () => {
    reading = reading.then(read);
  });
  await client.query('listen countersign_feed');
  return () => position;
};

const open = ({ wards }: Person, response: ServerResponse, listeners: Listeners, position: () => number): void => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', connection: 'close' });
  response.write(`retry: 3000\n\nid: ${position()}\nevent: ready\ndata: {}\n\n`);
  const mine = wards.map((ward) => {
    const there = listeners.get(ward) ?? new Set();
    listeners.set(ward, there.add(response));
    return there;
  });
  const beat = setInterval(() => response.write(`id: ${position()}\nevent: beat\ndata: {}\n\n`), beatMs);
  response.once('close', () => {
    clearInterval(beat);
    for (const there of mine) there.delete(response);
  });
};

/** The least an honest server of events can be: `http`, a session look-up, one LISTEN, one SELECT for each notification. */
const serveEvents = async ({ databaseUrl, poolSize }: RawOrder): Promise<void> => {
  const pool = new Pool({ connectionString: databaseUrl, max: poolSize });
  const listeners: Listeners = new Map();
  const position = await follow(databaseUrl, (change) => tell(listeners, change));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [person] = (await pool.query<Person>(findSession(tokenOf(request)))).rows;
    if (!person) return void response.writeHead(401).end();
    open(person, response, listeners, position);
  };
  const server = createServer((request, response) => {
    void answer(request, response).catch((thrown: unknown) => {
      console.error(thrown);
      response.destroy();
    });
  });
  server.listen(0, '127.0.0.1', () => console.log(`${listeningLine}${(server.address() as AddressInfo).port}`));
};

if (require.main === module) void serveEvents(JSON.parse(process.argv[2] ?? '{}') as RawOrder);
