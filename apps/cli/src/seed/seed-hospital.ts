import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '#libs/auth/password';
import { type InTransaction, type Tx } from '#libs/db/transaction';
import { CountersignError } from '#libs/errors/errors';
import { isRefusal } from '#libs/review/refusal';
import { operatorOf } from '../commands/operator';
import { type DemoLogin } from '../start/banner';
import { type DemoServiceAccount, keepDemoSecrets } from './demo-files';
import { demoHospital, type DemoHospital, type DemoPerson } from './hospital';
import { addOrganisation, addPerson, addServiceAccount, addWard } from './people';
import { temporaryPassword } from './temporary-password';

const feedDays = 365;

type Credentials = DemoPerson & { readonly password: string; readonly passwordHash: string };

/**
 * Makes the demo hospital with its people and their random passwords, all or nothing. What is told to people is on disk
 * before the hospital is: nobody could sign in to one whose passwords were never written down.
 */
export const seedHospital = async (inTransaction: InTransaction, stateDir: string): Promise<DemoHospital> => {
  const hospital = demoHospital();
  const people = await Promise.all(hospital.people.map(withPassword));
  await inTransaction(operatorOf(uuidv7()), async (tx) => {
    const account = await found(tx, hospital, people);
    keepDemoSecrets(stateDir, people.map(loginOf), account);
  });
  return hospital;
};

const withPassword = async (person: DemoPerson): Promise<Credentials> => {
  const password = temporaryPassword();
  return { ...person, password, passwordHash: await hashPassword(password) };
};

const loginOf = ({ login, password, title, name }: Credentials): DemoLogin => ({
  username: login,
  password,
  role: title,
  name,
});

const found = async (
  tx: Tx,
  { name, timeZone, wards, feed }: DemoHospital,
  people: readonly Credentials[],
): Promise<DemoServiceAccount> => {
  await addOrganisation(tx, { name, timeZone, isDemo: true });
  const wardIds = new Map<string, string>();
  for (const ward of wards) wardIds.set(ward.code, await addWard(tx, ward));
  for (const person of people) {
    const ids = person.wards?.map((code) => wardIds.get(code) ?? code) ?? null;
    const added = await addPerson(tx, { ...person, wardIds: ids, temporary: false });
    if (isRefusal(added)) throw new CountersignError(added.code, added.detail);
  }
  const { token, expiresAt } = await addServiceAccount(tx, { ...feed, days: feedDays });
  return { name: feed.name, token, scopes: feed.scopes, expiresAt: expiresAt.toISOString() };
};
