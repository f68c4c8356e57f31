import { v7 as uuidv7 } from 'uuid';
import { type RoleGrant } from '#libs/auth/principal';
import { type Role, type Scope } from '#libs/auth/roles';
import { secretHash } from '#libs/auth/session';
import { formatServiceToken, newServiceToken } from '#libs/auth/token';
import { OrganisationEntity } from '#libs/db/entities/organisation.entity';
import { WardEntity } from '#libs/db/entities/ward.entity';
import { type AuditEntry, record } from '#libs/db/stores/record.store';
import { insertServiceAccount } from '#libs/db/stores/service-account.store';
import { findUser, insertGrant, insertUser, type NewPassword } from '#libs/db/stores/user.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, type Refusal } from '#libs/review/refusal';

/** An organisation to be founded. */
export interface NewOrganisation {
  readonly name: string;
  readonly timeZone: string;
  readonly isDemo: boolean;
}

/** Founds the organisation of the principal (whose id it takes). */
export const addOrganisation = async (tx: Tx, organisation: NewOrganisation): Promise<void> => {
  const id = tx.principal.organisationId;
  await tx.manager.insert(OrganisationEntity, { id, ...organisation });
  await note(tx, { action: 'organisation.added', entityType: 'organisation', entityId: id });
};

/** Adds a ward; answers its id. Codes are unique in an organisation. */
export const addWard = async (tx: Tx, { code, name }: { code: string; name: string }): Promise<string> => {
  const id = uuidv7();
  await tx.manager.insert(WardEntity, { id, organisationId: tx.principal.organisationId, code, name });
  await note(tx, { action: 'ward.added', entityType: 'ward', entityId: id, detail: { code } });
  return id;
};

/** A person to be added, with one role on these wards, or on all (`null`). The password is their first one. */
export interface NewPerson extends NewPassword {
  readonly login: string;
  readonly name: string;
  readonly role: Role;
  readonly wardIds: readonly string[] | null;
  readonly licenceNo: string | null;
}

/** Adds a person and what they may do; refuses a login that is taken, and a grant that cannot be. */
export const addPerson = async (tx: Tx, person: NewPerson): Promise<{ id: string } | Refusal> => {
  const { login, name: displayName, licenceNo, passwordHash, temporary } = person;
  const made = await insertUser(tx, { login, displayName, licenceNo, passwordHash, temporary });
  if (isRefusal(made)) return made;
  await note(tx, { action: 'user.added', entityType: 'user', entityId: made.id });
  for (const wardId of person.wardIds ?? [null]) {
    const refusal = await grant(tx, made.id, { role: person.role, wardId });
    if (refusal) return refusal;
  }
  return made;
};

const grant = async (tx: Tx, userId: string, { role, wardId }: RoleGrant): Promise<Refusal | null> => {
  const user = await findUser(tx, userId);
  const granted = user && (await insertGrant(tx, user, { role, wardId }));
  if (isRefusal(granted)) return granted;
  await note(tx, { action: 'user.role-granted', entityType: 'user', entityId: userId, detail: { role, wardId } });
  return null;
};

/** A machine's account to be added. */
export interface NewServiceAccount {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly days: number;
}

/** An account as it is handed over: the token is stored nowhere. */
export interface ServiceAccountMade {
  readonly token: string;
  readonly expiresAt: Date;
}

/** Adds a machine's account, whose name must be free. */
export const addServiceAccount = async (tx: Tx, account: NewServiceAccount): Promise<ServiceAccountMade> => {
  const token = newServiceToken(uuidv7());
  const row = await insertServiceAccount(tx, {
    ...account,
    id: token.accountId,
    tokenSha256: secretHash(token.secret),
  });
  if (!row) throw new Error(`there is a service account ${account.name} already`);
  const detail = { scopes: row.scopes, expiresAt: row.expiresAt.toISOString() };
  await note(tx, { action: 'service-account.added', entityType: 'service-account', entityId: row.id, detail });
  return { token: formatServiceToken(token), expiresAt: row.expiresAt };
};

const note = (tx: Tx, audit: AuditEntry): Promise<void> => record(tx, { audit });
