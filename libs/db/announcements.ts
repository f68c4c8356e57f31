import { Client } from 'pg';

/** Waits for what the database says of one key, without polling. */
export interface Announcements {
  /** Resolves once the channel has named the key, even before this call; rejects after the time (default 60 s). */
  heard(channel: string, key: string, withinMs?: number): Promise<void>;
  close(): Promise<void>;
}

/** SQL: announces on `channel` the `key` column of each row that is inserted, or whose `column` is updated. */
export const announceSql = (on: { table: string; column?: string; key: string; channel: string }): string => `
create function announce_${on.channel}() returns trigger language plpgsql as
  $$ begin perform pg_notify('${on.channel}', new.${on.key}::text); return null; end $$;
create trigger announce_${on.channel} after ${on.column ? `update of ${on.column}` : 'insert'} on ${on.table}
  for each row execute function announce_${on.channel}();`;

/** Listens on the channels with a connection of its own. */
export const listenTo = async (url: string, channels: readonly string[]): Promise<Announcements> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  const said = new Set<string>();
  const waiting = new Map<string, () => void>();
  client.on('notification', ({ channel, payload }) => {
    const name = `${channel}:${payload}`;
    said.add(name);
    waiting.get(name)?.();
  });
  for (const channel of channels) await client.query(`listen ${channel}`);
  const heard: Announcements['heard'] = (channel, key, withinMs = 60_000) =>
    new Promise((resolve, reject) => {
      const name = `${channel}:${key}`;
      const late = (): void => (waiting.delete(name), reject(new Error(`${name} was not heard of`)));
      const timer = setTimeout(late, withinMs);
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(name);
        said.delete(name);
        resolve();
      };
      if (said.has(name)) done();
      else waiting.set(name, done);
    });
  return { heard, close: () => client.end() };
};
