import { In } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { hashPassword } from '#libs/auth/password';
import { administratorRoles, type Role } from '#libs/auth/roles';
import { AppUserEntity } from '#libs/db/entities/app-user.entity';
import { OrganisationEntity } from '#libs/db/entities/organisation.entity';
import { WardEntity } from '#libs/db/entities/ward.entity';
import { record } from '#libs/db/stores/record.store';
import { endSessionsOf } from '#libs/db/stores/session.store';
import { setPassword } from '#libs/db/stores/user.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal } from '#libs/review/refusal';
import { addOrganisation, addPerson } from '../seed/people';
import { temporaryPassword } from '../seed/temporary-password';
import { type CommandLedger } from './ledger';
import { operatorOf } from './operator';

/** A person to be added by a command; the wards by their codes, none meaning all. */
export interface UserToAdd {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly ward?: readonly string[];
  readonly licence?: string;
  /** Founds this hospital where there is none yet. */
  readonly organisation?: string;
}

/** Adds a person, audited; answers their temporary password. Throws an error that says what to do otherwise. */
export const addUser = async (ledger: CommandLedger, user: UserToAdd): Promise<string> => {
  const present = await onlyOrganisation(ledger);
  if (!present && user.organisation === undefined)
    throw new Error('There is no hospital yet: found it with the first person, by --organisation <its name>');
  const password = temporaryPassword();
  const passwordHash = await hashPassword(password);
  await ledger.inTransaction(operatorOf(present?.id ?? uuidv7()), async (tx) => {
    if (!present)
      await addOrganisation(tx, {
        name: user.organisation ?? '',
        timeZone: ledger.config.timeZone,
        isDemo: false,
      });
    const wardIds = await wardIdsOf(tx, user);
    const { login, name, role, licence = null } = user;
    const added = await addPerson(tx, {
      login,
      name,
      role,
      wardIds,
      licenceNo: licence,
      passwordHash,
      temporary: true,
    });
    if (isRefusal(added)) throw new Error(`The login ${login} is taken`);
  });
  return password;
};

/** Gives a person a new temporary password, unlocks the account and ends its sessions, audited; answers the password. */
export const resetPassword = async ({ source, inTransaction }: CommandLedger, login: string): Promise<string> => {
  const user = await source.manager.findOneBy(AppUserEntity, { login });
  if (!user) throw new Error(`Nobody has the login ${login}`);
  const password = temporaryPassword();
  const passwordHash = await hashPassword(password);
  await inTransaction(operatorOf(user.organisationId), async (tx) => {
    await setPassword(tx, user.id, { passwordHash, temporary: true });
    await endSessionsOf(tx, user.id);
    await record(tx, { audit: { action: 'user.password-reset', entityType: 'user', entityId: user.id } });
  });
  return password;
};

const onlyOrganisation = async ({ source }: CommandLedger): Promise<OrganisationEntity | null> => {
  const [first, second] = await source.manager.find(OrganisationEntity, { take: 2 });
  if (second) throw new Error('There is more than one hospital in this ledger; add people by the administration');
  return first ?? null;
};

const wardIdsOf = async (tx: Tx, { ward: codes, role }: UserToAdd): Promise<string[] | null> => {
  if (codes === undefined) return null;
  if ((administratorRoles as readonly Role[]).includes(role))
    throw new Error(`${role} is held on the whole hospital, not on a ward`);
  const { organisationId } = tx.principal;
  const wards = await tx.manager.findBy(WardEntity, { organisationId, code: In([...codes]) });
  const unknown = codes.filter((code) => !wards.some((ward) => ward.code === code));
  if (unknown.length > 0)
    throw new Error(`No ward has the code ${unknown.join(', ')}; add it with: countersign ward add`);
  return wards.map(({ id }) => id);
};
