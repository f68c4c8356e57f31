import { administratorRoles, type Role } from '#libs/auth/roles';

interface Grant {
  readonly role: Role;
  readonly wardId: string | null;
}

/** Why a role cannot be given: it is held already, or the person is another administrator. */
export type GrantFault = { readonly why: 'held' } | { readonly why: 'administrator'; readonly holds: Role };

/** Whether a role is one of the three administrators; those are never bound to a ward. */
export const isAdministrator = (role: Role): boolean => administratorRoles.some((one) => one === role);

/** What the API would refuse, said before it is asked; null when the role may be given. */
export const grantFault = (held: readonly Grant[], { role, wardId }: Grant): GrantFault | null => {
  if (held.some((one) => one.role === role && one.wardId === wardId)) return { why: 'held' };
  const other = isAdministrator(role) ? held.find((one) => isAdministrator(one.role)) : undefined;
  return other ? { why: 'administrator', holds: other.role } : null;
};
