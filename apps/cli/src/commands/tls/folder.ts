import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '#libs/embedded/state-files';
import { hostsOf, issue, makeAuthority, type Pair } from '#libs/tls/certificates';

/** What is asked of a server's certificate; without hosts those of the one before. */
export interface Wanted {
  readonly folder: string;
  readonly hosts: readonly string[];
  readonly days: number;
}

/* So that commands on the machine itself can check the certificate too. */
const always = ['localhost', '127.0.0.1'];

/** The paths of a pair in a folder. */
export const pathsOf = (folder: string, name: string): { cert: string; key: string } => ({
  cert: join(folder, `${name}.pem`),
  key: join(folder, `${name}.key`),
});

const read = (folder: string, name: string): Pair => {
  const { cert, key } = pathsOf(folder, name);
  if (!existsSync(cert) || !existsSync(key))
    throw new Error(`There is no ${cert} with ${key}: make them first with: countersign tls init`);
  return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
};

/* The key first: a certificate without its key is noticed at once, a key without a certificate harms nobody. */
const write = (folder: string, name: string, { cert, key }: Pair): void => {
  const paths = pathsOf(folder, name);
  writePrivate(paths.key, key);
  writePrivate(paths.cert, cert);
  chmodSync(paths.cert, 0o644);
};

const refuseToOverwrite = (folder: string, name: string): void => {
  const there = Object.values(pathsOf(folder, name)).find((path) => existsSync(path));
  if (there !== undefined) throw new Error(`${there} is there already, and nothing is overwritten`);
};

const serverPair = (authority: Pair, { hosts, days }: Wanted, now: Date): Promise<Pair> => {
  const [first, ...others] = new Set([...hosts, ...always]);
  return issue(authority, { kind: 'server', hosts: [first ?? 'localhost', ...others] }, { now, days });
};

/** Makes an authority and a server's certificate in a folder; throws where anything of them is there already. */
export const initialise = async (wanted: Wanted, now: Date): Promise<void> => {
  for (const name of ['ca', 'server']) refuseToOverwrite(wanted.folder, name);
  const authority = await makeAuthority(now);
  const server = await serverPair(authority, wanted, now);
  write(wanted.folder, 'ca', authority);
  write(wanted.folder, 'server', server);
};

/** Issues the server's certificate again, by the same authority and with a new key; answers its hosts. */
export const renew = async (wanted: Wanted, now: Date): Promise<string[]> => {
  const { folder } = wanted;
  const authority = read(folder, 'ca');
  const hosts = wanted.hosts.length > 0 ? wanted.hosts : hostsOf(read(folder, 'server').cert);
  const server = await serverPair(authority, { ...wanted, hosts }, now);
  write(folder, 'server', server);
  return hostsOf(server.cert);
};

/** Issues a certificate for somebody who calls a server of ours, or Temporal. */
export const issueClient = async (
  { folder, name, days }: { folder: string; name: string; days: number },
  now: Date,
): Promise<void> => {
  refuseToOverwrite(folder, name);
  write(folder, name, await issue(read(folder, 'ca'), { kind: 'client', name }, { now, days }));
};
