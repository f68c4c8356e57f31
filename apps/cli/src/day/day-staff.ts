import { randomUUID } from 'node:crypto';
import { type ApiDoor, done, signIn, signInFirst } from '#libs/api-client/door';
import { type Role } from '#libs/auth/roles';
import { type Player, type Stage } from '../demo/stage';
import { count, countedDoor, type DayTally } from './day-tally';
import { type DayWorld } from './day-world';

/** Who works in one shift. */
export interface Shift {
  readonly nurses: readonly Player[];
  readonly charge: Player;
  readonly physicians: readonly Player[];
}

/** The three shifts of a day, by the roles of their people. */
const roster = { nurses: ['triage_nurse', 3], charge: ['charge_nurse', 1], physicians: ['physician', 2] } as const;

/** The people of the day, the evening and the night. */
export type ThreeShifts = readonly [Hired, Hired, Hired];

/** Hires the people of three shifts by the security administrator, as a hospital does; nobody is signed in yet. */
export const hireStaff = async (stage: Stage): Promise<ThreeShifts> => {
  const [day, evening, night] = [
    await hireShift(stage, 'day'),
    await hireShift(stage, 'evening'),
    await hireShift(stage, 'night'),
  ];
  return [day, evening, night];
};

const hireShift = async (stage: Stage, shift: string): Promise<Hired> => ({
  nurses: await hire(stage, roster.nurses, `${shift}-nurse`),
  charge: await hire(stage, roster.charge, `${shift}-charge`),
  physicians: await hire(stage, roster.physicians, `${shift}-physician`),
});

/** The logins of a shift with the passwords that their people chose. */
export type Hired = Readonly<Record<keyof typeof roster, readonly Login[]>>;

interface Login {
  readonly login: string;
  readonly password: string;
}

const hire = async (stage: Stage, [role, number]: readonly [Role, number], prefix: string): Promise<Login[]> => {
  const { door } = stage.players.security;
  const hired: Login[] = [];
  for (let at = 1; at <= number; at++) {
    const login = `${prefix}${at}`;
    const added = done(
      await door.ask('post', '/api/admin/users', { body: { login, displayName: login, licenceNo: null } }),
    );
    const body = { role, wardId: null };
    done(await door.ask('post', '/api/admin/users/{id}/grants', { path: { id: added.id }, body }));
    const password = randomUUID();
    const { temporaryPassword } = added;
    await leave(await signInFirst(stage.installation.addresses.api ?? '', { login, password, temporaryPassword }));
    hired.push({ login, password });
  }
  return hired;
};

/** A shift comes on duty: its people sign in. */
export const comeOn = async (world: DayWorld, hired: Hired): Promise<Shift> => {
  const come = (logins: readonly Login[]): Promise<Player[]> => Promise.all(logins.map((one) => enter(world, one)));
  const [nurses, charges, physicians] = [
    await come(hired.nurses),
    await come(hired.charge),
    await come(hired.physicians),
  ];
  const [charge] = charges;
  if (!charge) throw new Error('a shift lacks its charge nurse');
  return { nurses, charge, physicians };
};

const enter = async ({ stage, tally }: DayWorld, { login, password }: Login): Promise<Player> => {
  const open = (): Promise<ApiDoor> => signIn(stage.installation.addresses.api ?? '', { login, password });
  return { name: login, password, door: countedDoor(await openAgain(open, tally), tally) };
};

/* Who finds the session locked, because the hands were at a patient, gives the password again and goes on. */
const openAgain = async (open: () => Promise<ApiDoor>, tally: DayTally): Promise<ApiDoor> => {
  let door = await open();
  return {
    ...door,
    ask: async (method, path, sending) => {
      const reply = await door.ask(method, path, sending);
      if (reply.ok || reply.problem.code !== 'SESSION_LOCKED') return reply;
      count(tally, 'signed in again after a lock');
      door = await open();
      return door.ask(method, path, sending);
    },
    close: () => door.close(),
  };
};

/** A shift goes: its people sign out. */
export const goOff = async ({ nurses, charge, physicians }: Shift): Promise<void> => {
  for (const { door } of [...nurses, charge, ...physicians]) await leave(door);
};

const leave = async (door: ApiDoor): Promise<void> => {
  await door.ask('post', '/api/auth/logout');
  await door.close();
};
