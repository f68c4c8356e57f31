import { connect } from 'node:net';
import { type AnyConfig } from '#libs/config/config';
import { actingForInstallation } from '#libs/db/for-installation';
import { connectPatiently } from '../connect';
import { fail, type Finding, ok, warn } from './finding';

interface Received {
  readonly last: Date | null;
  readonly dead: number;
}

/** Whether the MLLP ports are open, when the last message came, and how many dead letters wait for somebody. */
export const examineFeed = async (config: AnyConfig, { due }: { due: boolean }): Promise<Finding[]> => {
  const { feed, database } = config;
  if (!feed) return [];
  const ports = Object.values(feed.ports);
  const host = ['0.0.0.0', '::'].includes(feed.host) ? '127.0.0.1' : feed.host;
  const open = due ? await Promise.all(ports.map((port) => isOpen(host, port))) : ports.map(() => null);
  const closed = ports.filter((_, at) => open[at] === false);
  const { last, dead } = database.url === undefined ? { last: null, dead: 0 } : await received(database.url);
  const text = [
    ...ports.map(
      (port, at) => `port ${port} ${{ true: 'open', false: 'closed', null: 'not looked at' }[`${open[at] ?? null}`]}`,
    ),
    last === null ? 'no message yet' : `last message ${last.toISOString()}`,
    `${dead} dead letter(s)`,
  ].join(', ');
  if (closed.length > 0) return [fail('MLLP', text, 'start the API with MLLP_PORT and MLLP_TOKEN, and see its log')];
  return [dead > 0 ? warn('MLLP', text, 'GET /api/interop/dead-letters: replay or dismiss them') : ok('MLLP', text)];
};

const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (open: boolean) => (): void => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });

const receivedSql = `
select max(received_at) last, (count(*) filter (where outcome = 'dead' and resolved_at is null))::int dead
from inbound_message`;

const received = async (url: string): Promise<Received> => {
  const source = await connectPatiently({
    url: actingForInstallation(url),
    poolSize: 1,
    applicationName: 'countersign-doctor',
  });
  try {
    const [row] = await source.query<Received[]>(receivedSql);
    return row ?? { last: null, dead: 0 };
  } finally {
    await source.destroy();
  }
};
