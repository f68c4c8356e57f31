import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { readEnvironment } from '#libs/config/environment';
import { isHost, isName } from '#libs/tls/certificates';
import { stateFolderOf } from '../start/start.command';
import { initialise, issueClient, pathsOf, renew } from './tls/folder';

interface Flags {
  readonly folder: string;
  readonly days: number;
}

/** Adds `tls init`, `tls renew` and `tls client`: certificates of a local authority, where the hospital has none. */
export const registerTls = (program: Command): void => {
  const tls = program.command('tls').description('certificates of a local authority, for a hospital without one');
  withFlags(tls.command('init'))
    .description('make an authority and a certificate for the API and the MLLP ports; overwrites nothing')
    .requiredOption('--host <host...>', 'names and addresses by which browsers and senders reach this server', hosts)
    .action(async ({ host, ...flags }: Flags & { host: string[] }) => {
      await initialise({ ...flags, hosts: host }, new Date());
      tellInit(flags.folder, host[0] ?? 'localhost');
    });
  withFlags(tls.command('renew'))
    .description('issue the server’s certificate again by the same authority, with a new key')
    .option('--host <host...>', 'other names and addresses than before', hosts, [])
    .action(async ({ host, ...flags }: Flags & { host: string[] }) => {
      console.log(
        `${pathsOf(flags.folder, 'server').cert}: ${(await renew({ ...flags, hosts: host }, new Date())).join(', ')}`,
      );
      console.log('请逐个重启 API 进程以启用新证书；浏览器无需任何更改。');
      console.log('Restart the API processes one by one to use it; browsers need nothing new.');
    });
  withFlags(tls.command('client'))
    .description('issue a certificate for somebody who calls: an MLLP sender, or this product at Temporal')
    .requiredOption('--name <name>', 'who; also the name of the files', clientName)
    .action(async ({ name, ...flags }: Flags & { name: string }) => {
      await issueClient({ ...flags, name }, new Date());
      const { cert, key } = pathsOf(flags.folder, name);
      console.log(`${cert}\n${key}`);
    });
};

const withFlags = (command: Command): Command =>
  command
    .option('--folder <path>', 'where they lie', (path) => resolve(path), join(stateFolderOf(readEnvironment()), 'tls'))
    .option('--days <number>', 'how long the certificate holds', days, 397);

const tellInit = (folder: string, host: string): void => {
  const [ca, server] = [pathsOf(folder, 'ca'), pathsOf(folder, 'server')];
  console.log(
    [
      `TLS_CERT_FILE=${server.cert}`,
      `TLS_KEY_FILE=${server.key}`,
      '',
      `请将 ${ca.cert} 作为“受信任的根证书颁发机构”安装到各工作站浏览器，并交给 HL7 发送方；然后访问 https://${host}:<端口>。`,
      `只分发 ${ca.cert}；切勿分发 ${ca.key}：持有者可冒充本服务器。请移至离线介质保存，续期时再取回。`,
      '',
      `Install ${ca.cert} in the browsers of the workstations as a trusted root authority, and give it to senders of HL7; then open https://${host}:<port>.`,
      `Give away ${ca.cert} only, never ${ca.key}: whoever has it can pose as this server. Keep it offline, and fetch it to renew.`,
      `${server.key} is for the account that runs the API alone (0600). Renew before it ends: countersign tls renew --folder ${folder}`,
    ].join('\n'),
  );
};

const hosts = (text: string, before: string[] = []): string[] => {
  if (isHost(text)) return [...before, text];
  throw new InvalidArgumentError('a host is a name (punycode for Chinese ones) or an address; no port, no wildcard');
};

const clientName = (text: string): string => {
  const taken = ['ca', 'server'].includes(text);
  if (isName(text) && !taken) return text;
  throw new InvalidArgumentError('letters, digits, dot, dash and underscore, and neither ca nor server');
};

const days = (text: string): number => {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1 && number <= 825) return number;
  throw new InvalidArgumentError('a number from 1 to 825: browsers refuse certificates that hold longer');
};
