import { type Scope } from '#libs/auth/roles';

/** A scope as the texts name it: `:` would part a key. */
export const scopeKey = (scope: Scope): string => scope.replace(':', '-');

/** Whether a token is still taken. */
export const accountState = (
  { expiresAt, revokedAt }: { readonly expiresAt: string; readonly revokedAt: string | null },
  now: number,
): 'valid' | 'expired' | 'revoked' => {
  if (revokedAt !== null) return 'revoked';
  return Date.parse(expiresAt) <= now ? 'expired' : 'valid';
};
