import { join } from 'node:path';
import { readJson, writePrivateJson } from '#libs/embedded/state-files';
import { type DemoLogin } from '../start/banner';

/** The token of the ADT feed of the demo hospital. */
export interface DemoServiceAccount {
  readonly name: string;
  readonly token: string;
  readonly scopes: readonly string[];
  /** ISO instant. */
  readonly expiresAt: string;
}

const loginsFile = 'demo-logins.json';
const serviceFile = 'demo-service-account.json';

/** Keeps the demo's passwords and token in the state folder (0600): they are in no other place in the clear. */
export const keepDemoSecrets = (stateDir: string, logins: readonly DemoLogin[], account: DemoServiceAccount): void => {
  writePrivateJson(join(stateDir, loginsFile), logins);
  writePrivateJson(join(stateDir, serviceFile), account);
};

/** The kept logins; null when the file was lost. */
export const readDemoLogins = (stateDir: string): DemoLogin[] | null => readJson(join(stateDir, loginsFile));

/** The kept token of the feed; null when the file was lost. */
export const readDemoServiceAccount = (stateDir: string): DemoServiceAccount | null =>
  readJson(join(stateDir, serviceFile));
