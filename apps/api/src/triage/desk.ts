import { holdsRole, type Principal, reachableWards, wardsHolding } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { type CaseEntity } from '#libs/db/entities/case.entity';
import { OrganisationEntity } from '#libs/db/entities/organisation.entity';
import { WardEntity } from '#libs/db/entities/ward.entity';
import { lockCase } from '#libs/db/stores/case.store';
import { type Tx } from '#libs/db/transaction';
import { isRefusal, refuse, type Refusal } from '#libs/review/refusal';

/** Who works at a triage desk. */
export const deskRoles = ['triage_nurse', 'charge_nurse', 'physician'] as const satisfies readonly Role[];

/** Refuses a person who does not work at the desk of this ward; a machine was let in by its scope. */
export const deskRefusal = ({ principal }: Tx, wardId: string): Refusal | null =>
  principal.kind !== 'user' || holdsRole(principal, deskRoles, wardId)
    ? null
    : refuse('FORBIDDEN', { needs: deskRoles });

/** A triage case, locked, for somebody of its desk; a case of a ward out of reach does not exist for them. */
export const enterCase = async (tx: Tx, caseId: string): Promise<CaseEntity | Refusal> => {
  const of = await lockCase(tx, caseId);
  if (of?.process !== 'triage') return refuse('NOT_FOUND');
  return deskRefusal(tx, of.wardId) ?? of;
};

/** {@link enterCase} for a change of what was shown: refuses when the case has moved on since. */
export const enterVersion = async (
  tx: Tx,
  { caseId, version }: { caseId: string; version: number },
): Promise<CaseEntity | Refusal> => {
  const of = await enterCase(tx, caseId);
  if ('refused' in of || of.version === version) return of;
  return refuse('VERSION_MISMATCH', { current: of.version, state: of.state });
};

/** A ward within reach; a refusal that names the field otherwise. */
export const reachableWard = async (tx: Tx, wardId: string): Promise<WardEntity | Refusal> => {
  const wards = reachableWards(tx.principal);
  const within = wards === null || wards.includes(wardId);
  const ward =
    within && (await tx.manager.findOneBy(WardEntity, { id: wardId, organisationId: tx.principal.organisationId }));
  return ward || refuse('NOT_FOUND', { path: 'wardId' });
};

/** The desks to look at: the one named, else all within reach; null: all of the hospital. */
export const desksWithin = async (tx: Tx, wardId: string | undefined): Promise<readonly string[] | null | Refusal> => {
  if (wardId !== undefined) {
    const ward = await reachableWard(tx, wardId);
    return isRefusal(ward) ? ward : (deskRefusal(tx, wardId) ?? [wardId]);
  }
  const desks = desksOf(tx.principal);
  return desks === null || desks.length > 0 ? desks : refuse('FORBIDDEN');
};

/** The desks at which somebody works; null: all of the hospital. A role of another kind opens no desk, however far it reaches. */
export const desksOf = (principal: Principal): readonly string[] | null => wardsHolding(principal, deskRoles);

/** The time zone of the hospital. */
export const timeZoneOf = async ({ manager, principal }: Tx): Promise<string> =>
  (await manager.findOneByOrFail(OrganisationEntity, { id: principal.organisationId })).timeZone;
