import { reachableWards, type RoleGrant } from '#libs/auth/principal';
import { AppUserEntity } from '../entities/app-user.entity';
import { OrganisationEntity } from '../entities/organisation.entity';
import { RoleGrantEntity } from '../entities/role-grant.entity';
import { WardEntity } from '../entities/ward.entity';
import { type Tx } from '../transaction';

/** A signed-in person with what surrounds them: organisation, roles, and the wards they reach. */
export interface PersonSurroundings {
  readonly login: string;
  readonly mustChangePassword: boolean;
  readonly organisation: {
    readonly id: string;
    readonly name: string;
    readonly timeZone: string;
    readonly isDemo: boolean;
  };
  readonly wards: readonly { readonly id: string; readonly code: string; readonly name: string }[];
}

/** The roles a person holds now. */
export const grantsOf = async (tx: Tx, userId: string): Promise<RoleGrant[]> =>
  (await tx.manager.findBy(RoleGrantEntity, { userId })).map(({ role, wardId }) => ({
    role: role as RoleGrant['role'],
    wardId,
  }));

/** What surrounds the person on whose behalf the transaction runs. */
export const loadSurroundings = async (tx: Tx, userId: string): Promise<PersonSurroundings> => {
  const { organisationId } = tx.principal;
  const { login, passwordTemporarySince } = await tx.manager.findOneByOrFail(AppUserEntity, { id: userId });
  const { id, name, timeZone, isDemo } = await tx.manager.findOneByOrFail(OrganisationEntity, { id: organisationId });
  const reached = reachableWards(tx.principal);
  const wards = await tx.manager.find(WardEntity, { where: { organisationId }, order: { code: 'ASC' } });
  return {
    login,
    mustChangePassword: passwordTemporarySince !== null,
    organisation: { id, name, timeZone, isDemo },
    wards: wards
      .filter((ward) => reached === null || reached.includes(ward.id))
      .map((ward) => ({ id: ward.id, code: ward.code, name: ward.name })),
  };
};

/** The organisation in whose audit a sign-in attempt by nobody known is noted: the oldest. */
export const oldestOrganisationId = async (query: Tx['query']): Promise<string | null> =>
  (await query<{ id: string }>('select id from organisation order by created_at, id limit 1'))[0]?.id ?? null;
