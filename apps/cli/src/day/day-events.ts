import { type ApiDoor, done, signIn } from '#libs/api-client/door';
import { type PartName } from '../start/start-options';
import { readDemoLogins } from '../seed/demo-files';
import { type DayEvents } from './day-plan';
import { type DayWorld } from './day-world';

/** What befell the house, and how long until the part was ready again, ms (null: nothing was away). */
export interface Befallen {
  readonly what: 'pack changed' | 'model away' | 'worker killed' | 'Temporal killed' | 'PostgreSQL killed';
  readonly minute: number;
  /** When, by the clock of the machine (ISO). */
  readonly at: string;
  readonly awayMs: number | null;
}

/** Lets happen what the day has in store, each in its time; answers what did. */
export const befall = async (world: DayWorld, events: DayEvents): Promise<readonly Befallen[]> => {
  const timed: readonly [number, () => Promise<Befallen>][] = [
    [events.packChangedAt, () => happens(world, 'pack changed', () => changePack(world))],
    [events.modelDownAt, () => happens(world, 'model away', () => modelAway(world, events.modelBackAt))],
    [events.workerKilledAt, () => happens(world, 'worker killed', () => killed(world, 'worker'))],
    [events.temporalKilledAt, () => happens(world, 'Temporal killed', () => killed(world, 'temporal'))],
    [events.postgresKilledAt, () => happens(world, 'PostgreSQL killed', () => killed(world, 'postgres'))],
  ];
  const happened = await Promise.all(
    timed.map(async ([minute, event]) => {
      await world.clock.until(minute);
      return event();
    }),
  );
  return happened.toSorted((a, b) => a.minute - b.minute);
};

const happens = async (
  { clock }: DayWorld,
  what: Befallen['what'],
  event: () => Promise<number | null>,
): Promise<Befallen> => {
  const [minute, at] = [clock.minute(), new Date().toISOString()];
  return { what, minute, at, awayMs: await event() };
};

const killed = async ({ stage: { installation } }: DayWorld, part: PartName): Promise<number> => {
  const since = performance.now();
  const before = installation.part(part).pid();
  installation.kill(part, 'SIGKILL');
  while (installation.part(part).pid() === before) await new Promise((resolve) => setTimeout(resolve, 20));
  await installation.part(part).ready();
  return performance.now() - since;
};

const modelAway = async ({ stage: { installation }, clock }: DayWorld, until: number): Promise<number> => {
  const since = performance.now();
  await installation.part('rehearsal').stop();
  await clock.until(until);
  await installation.part('rehearsal').start();
  return performance.now() - since;
};

/* The system administrator writes the version, a clinical lead tries it on past cases and puts it in force. */
const changePack = async (world: DayWorld): Promise<null> => {
  const [system, lead] = await Promise.all(['sysadmin', 'lead1'].map((login) => enter(world, login)));
  if (!system || !lead) throw new Error('the demo hospital lacks its administrators');
  const path = { name: 'cn-his-mews' };
  const { content } = done(await system.ask('get', '/api/admin/rule-packs/references/{name}', { path }));
  const body = { note: '午间改用 MEWS 规则', content } as never;
  const { id, sha256 } = done(await system.ask('post', '/api/admin/rule-packs', { body }));
  done(await lead.ask('post', '/api/admin/rule-packs/{id}/dry-runs', { path: { id }, body: {} }));
  const { version } = done(await lead.ask('get', '/api/admin/rule-packs'));
  done(await lead.ask('post', '/api/admin/rule-packs/{id}/approvals', { path: { id }, version, body: { sha256 } }));
  await Promise.all([system, lead].map((door) => door.close()));
  return null;
};

const enter = ({ stage: { installation } }: DayWorld, login: string): Promise<ApiDoor> => {
  const password = readDemoLogins(installation.stateDir)?.find(({ username }) => username === login)?.password ?? '';
  return signIn(installation.addresses.api ?? '', { login, password });
};
