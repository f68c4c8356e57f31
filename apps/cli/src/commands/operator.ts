import { userInfo } from 'node:os';
import { v7 as uuidv7 } from 'uuid';
import { type SystemPrincipal } from '#libs/auth/principal';

/** The person at the terminal by the account of the machine, as the audit names whoever acts by a command. */
export const operator = (account: () => string = () => userInfo().username): SystemPrincipal['name'] => {
  try {
    return `command line (${account()})`;
  } catch {
    // An account without an entry in passwd has a number only.
    return `command line (uid ${process.getuid?.() ?? '?'})`;
  }
};

/** Whoever acts by a command on behalf of this organisation. */
export const operatorOf = (organisationId: string): SystemPrincipal => ({
  kind: 'system',
  name: operator(),
  organisationId,
  requestId: uuidv7(),
});
