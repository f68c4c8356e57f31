import { createHash } from 'node:crypto';

/** Where the product of this run is, and who may sign in. */
export interface Site {
  readonly url: string;
  readonly logins: readonly { readonly username: string; readonly password: string; readonly name: string }[];
  /** SQL as the owner of the ledger: for looking. */
  readonly databaseUrl: string;
  /** The processes of the rehearsal model. */
  readonly modelPids: readonly number[];
}

/** How the product is told to the processes of the tests. */
export const siteVariable = 'COUNTERSIGN_BROWSER_SITE';

/** The product of this run. */
export const theSite = (): Site => {
  const said = process.env[siteVariable];
  if (said === undefined) throw new Error('no product was started for this run');
  return JSON.parse(said) as Site;
};

/** The password of a demo login. */
export const passwordOf = (login: string): string => {
  const found = theSite().logins.find(({ username }) => username === login);
  if (!found) throw new Error(`no demo login ${login}`);
  return found.password;
};

/** A short name of something longer, for what must be unlike everything else. */
export const shortHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);
