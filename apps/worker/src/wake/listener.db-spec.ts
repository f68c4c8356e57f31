import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { type Listener, startListener } from './listener';

describe('the listener', () => {
  let postgres: TestPostgres;
  let client: Client;
  let listener: Listener | undefined;
  let heard: string[];
  let states: boolean[];

  const listen = (url = postgres.url): Listener => {
    const wake = (channel: string) => () => void heard.push(channel);
    listener = startListener({ url, wakes: { a: wake('a'), b: wake('b') }, onState: (state) => states.push(state) });
    return listener;
  };
  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + 10_000; !holds();) {
      if (Date.now() > end) throw new Error(`did not hold: ${holds}`);
      await sleep(10);
    }
  };

  beforeAll(async () => {
    postgres = await startTestPostgres();
    client = new Client(
      postgres.adminUrl.replace('/postgres?', '/countersign?').replace(/\/postgres$/, '/countersign'),
    );
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await postgres?.stop();
  });
  beforeEach(() => {
    [heard, states] = [[], []];
  });
  afterEach(() => listener?.stop());

  it('wakes everybody once it listens, and then whom a notification names', async () => {
    listen();
    await until(() => states.length === 1);
    expect(heard).toEqual(['a', 'b']);
    await client.query('notify a');
    await client.query('notify other');
    await client.query('notify b');
    await until(() => heard.length === 4);
    expect(heard.slice(2)).toEqual(['a', 'b']);
  });

  it('makes nothing up for those who are woken only when told', async () => {
    const wake = (channel: string) => () => void heard.push(channel);
    const onState = (state: boolean) => states.push(state);
    listener = startListener({ url: postgres.url, wakes: { a: wake('a') }, onlyWhenTold: { b: wake('b') }, onState });
    await until(() => states.length === 1);
    expect(heard).toEqual(['a']);
    await client.query('notify b');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['a', 'b']);
  });

  it('comes back after its connection is lost, and wakes everybody for what it missed', async () => {
    listen();
    await until(() => states.length === 1);
    await client.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'countersign-listen'`,
    );
    await until(() => states.length === 3);
    expect(states).toEqual([true, false, true]);
    expect(heard).toEqual(['a', 'b', 'a', 'b']);
  });

  it('keeps trying while nobody answers, and can be stopped meanwhile', async () => {
    const trying = listen('postgres://nobody@127.0.0.1:1/none');
    await sleep(300);
    await trying.stop();
    expect([heard, states]).toEqual([[], []]);
  });

  it('is quiet once it was stopped', async () => {
    const listening = listen();
    await until(() => states.length === 1);
    await listening.stop();
    await client.query('notify a');
    await sleep(100);
    expect(heard).toEqual(['a', 'b']);
    expect(states).toEqual([true, false]);
  });
});
