import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer as createPlain, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TemporalSettings } from '#libs/temporal/temporal-settings';
import { issue, makeAuthority, type Pair } from '#libs/tls/certificates';
import { explainSilence } from './tls-probe';

describe('a Temporal server that does not answer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-probe-'));
  const servers: Server[] = [];
  let authority: Pair;
  let client: Pair;

  const now = new Date();
  const life = { now, days: 2 };
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const server = (host = 'localhost', at = now): Promise<Pair> =>
    issue(authority, { kind: 'server', hosts: [host] }, { now: at, days: 2 });
  const listen = async (listener: Server): Promise<string> => {
    servers.push(listener.on('error', () => undefined));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return `localhost:${(listener.address() as AddressInfo).port}`;
  };
  const tlsAt = (options: TlsOptions): Promise<string> =>
    listen(createServer(options, (socket) => socket.on('error', () => undefined)));
  const why = async (address: string, tls?: TemporalSettings['tls']): Promise<string | undefined> =>
    (await explainSilence({ address, namespace: 'n', ...(tls && { tls }) }))?.[0];
  const known = () => ({ caFile: file('ca.pem', authority.cert) });

  beforeAll(async () => {
    authority = await makeAuthority(new Date(now.getTime() - 100 * 86_400_000));
    client = await issue(authority, { kind: 'client', name: 'worker' }, life);
  });
  afterAll(() => {
    for (const listener of servers) listener.close();
    rmSync(folder, { recursive: true });
  });

  it('is not there', async () => {
    expect(await why('localhost:1')).toBe('nobody answers there');
    expect(await why('localhost:1', known())).toBe('nobody answers there');
    expect(await why('nowhere.invalid:7233')).toBe('there is no such host');
  });

  it('speaks TLS, and we do not, or the other way round', async () => {
    expect(await why(await tlsAt(await server()))).toBe('it speaks TLS, and we do not');
    const plain = await listen(createPlain((socket) => socket.on('error', () => undefined).end('no TLS here at all')));
    expect(await why(plain, known())).toBe('it does not speak TLS');
    expect(await why(plain)).toBeUndefined();
  });

  it('has a certificate that is over, of another name, or of another authority', async () => {
    const month = 30 * 86_400_000;
    expect(await why(await tlsAt(await server('localhost', new Date(now.getTime() - month))), known())).toBe(
      'its certificate has expired',
    );
    const other = await tlsAt(await server('temporal.internal'));
    expect(await why(other, known())).toBe('its certificate is for another name');
    expect(await why(other, { ...known(), serverName: 'temporal.internal' })).toBeUndefined();
    const stranger = file('stranger.pem', (await makeAuthority(now)).cert);
    expect(await why(await tlsAt(await server()), { caFile: stranger })).toBe(
      'its certificate is of an authority that we do not know',
    );
  });

  it('wants a certificate of ours, of the right authority', async () => {
    const address = await tlsAt({
      ...(await server()),
      ca: authority.cert,
      requestCert: true,
      rejectUnauthorized: true,
    });
    const ours = (pair: Pair) => ({
      ...known(),
      certFile: file('client.pem', pair.cert),
      keyFile: file('client.key', pair.key),
    });
    expect(await why(address, ours(client))).toBeUndefined();
    expect(await why(address)).toBe('it speaks TLS, and we do not');
    for (const refused of [known(), ours(await issue(await makeAuthority(now), { kind: 'client', name: 'x' }, life))])
      expect(await why(address, refused)).toMatch(/does not accept us|ends the connection at once/);
  });
});
