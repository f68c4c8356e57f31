import { type BoardKind, type BoardNames } from './kiosk';
import { type Role, type Scope } from './roles';

/** The nil UUID: what belongs to the installation and not to one of its organisations (outbox, change feed). */
export const noOrganisation = '00000000-0000-0000-0000-000000000000';

/** A role held on one ward, or on every ward of the organisation (`wardId: null`). */
export interface RoleGrant {
  readonly role: Role;
  readonly wardId: string | null;
}

/** A signed-in person. */
export interface UserPrincipal {
  readonly kind: 'user';
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly sessionId: string;
  readonly grants: readonly RoleGrant[];
  readonly requestId?: string;
}

/** A machine with a token; it can register and report, never decide. */
export interface ServicePrincipal {
  readonly kind: 'service';
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly scopes: readonly Scope[];
  readonly requestId?: string;
}

/** A board on a wall with its token; it reads its own board of its own ward, and nothing else. */
export interface KioskPrincipal {
  readonly kind: 'kiosk';
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly wardId: string;
  readonly board: BoardKind;
  /** How patients are named; null on a board for the staff. */
  readonly names: BoardNames | null;
  /** Addresses (CIDR, or single ones) from which the token is taken; empty: any. */
  readonly addresses: readonly string[];
  readonly requestId?: string;
}

/** A part of the product acting by itself: worker, relay, command line. */
export interface SystemPrincipal {
  readonly kind: 'system';
  readonly name: string;
  readonly organisationId: string;
  readonly requestId?: string;
}

/** Who acts: the first argument of everything that reads or writes on somebody's behalf. */
export type Principal = UserPrincipal | ServicePrincipal | KioskPrincipal | SystemPrincipal;

/** Whether the person holds one of the roles on this ward. */
export const holdsRole = (principal: Principal, allowed: readonly Role[], wardId: string): boolean =>
  principal.kind === 'user' &&
  principal.grants.some((grant) => allowed.includes(grant.role) && (grant.wardId === null || grant.wardId === wardId));

/** The role under which the person acts on this ward: the first of `allowed` that they hold. */
export const actingRole = (principal: Principal, allowed: readonly Role[], wardId: string): Role | undefined =>
  allowed.find((role) => holdsRole(principal, [role], wardId));

/** The wards a principal reaches: `null` means all of the organisation. */
export const reachableWards = (principal: Principal): readonly string[] | null => {
  if (principal.kind === 'kiosk') return [principal.wardId];
  if (principal.kind !== 'user') return null;
  if (principal.grants.some((grant) => grant.wardId === null)) return null;
  return [...new Set(principal.grants.flatMap((grant) => grant.wardId ?? []))];
};

/** The wards on which a person holds one of the roles, however far another role of theirs reaches; `null` means all. */
export const wardsHolding = (principal: Principal, allowed: readonly Role[]): readonly string[] | null => {
  if (principal.kind !== 'user') return null;
  const held = principal.grants.filter(({ role }) => allowed.includes(role));
  if (held.some(({ wardId }) => wardId === null)) return null;
  return [...new Set(held.flatMap(({ wardId }) => wardId ?? []))];
};
