import { done } from '#libs/api-client/door';
import { doorOf } from './desk';

/** Somebody who was just given an account, with the password that was handed over. */
export interface Newcomer {
  readonly login: string;
  readonly displayName: string;
  readonly temporaryPassword: string;
}

/** Adds a triage nurse as the security administrator does. */
export const newcomer = async (displayName: string): Promise<Newcomer> => {
  const door = await doorOf('secadmin');
  try {
    const login = `new${Date.now()}`;
    const body = { login, displayName };
    const { id, temporaryPassword } = done(await door.ask('post', '/api/admin/users', { body }));
    const grant = { role: 'triage_nurse', wardId: null } as const;
    done(await door.ask('post', '/api/admin/users/{id}/grants', { path: { id }, body: grant }));
    return { login, displayName, temporaryPassword };
  } finally {
    await door.close();
  }
};
