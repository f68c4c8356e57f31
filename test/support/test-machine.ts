import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { type Scope } from '#libs/auth/roles';
import { secretHash } from '#libs/auth/session';
import { formatServiceToken, newServiceToken } from '#libs/auth/token';
import { sqlAs } from './test-api';

/** A machine of a test that calls an API with its token. */
export interface TestMachine {
  readonly token: string;
  get(path: string): request.Test;
  post(path: string): request.Test;
}

/** Makes a service account with these scopes; `databaseUrl` may be any role that can insert. */
export const plantMachine = async (
  apiUrl: string,
  databaseUrl: string,
  of: { organisationId: string; scopes: readonly Scope[] },
): Promise<TestMachine> => {
  const token = newServiceToken(uuidv7());
  await sqlAs(
    databaseUrl,
    `insert into service_account (id, organisation_id, name, token_sha256, scopes, expires_at)
     values ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
    [token.accountId, of.organisationId, `m-${token.accountId.slice(-6)}`, secretHash(token.secret), [...of.scopes]],
  );
  const text = formatServiceToken(token);
  const authorised = (test: request.Test) => test.set('authorization', `Bearer ${text}`);
  const agent = request(apiUrl);
  return { token: text, get: (path) => authorised(agent.get(path)), post: (path) => authorised(agent.post(path)) };
};
