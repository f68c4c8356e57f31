import { type AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { issue, makeAuthority, type Pair } from './certificates';

describe('certificates of one authority', () => {
  it('let both sides of a connection know each other, and strangers not', async () => {
    const [today, days] = [new Date(), 2];
    const mine = await makeAuthority(today);
    const [listener, caller] = [
      await issue(mine, { kind: 'server', hosts: ['127.0.0.1'] }, { now: today, days }),
      await issue(mine, { kind: 'client', name: 'worker' }, { now: today, days }),
    ];
    const stranger = await issue(await makeAuthority(today), { kind: 'client', name: 'worker' }, { now: today, days });
    const talk = (client: Pair): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect({ host: '127.0.0.1', port, ca: mine.cert, ...client });
        socket.setEncoding('utf8').once('data', resolve);
        // With TLS 1.3 a refusal may come after the handshake, as an end without a word.
        socket.once('error', () => undefined).once('close', () => resolve('refused'));
      });
    const options = { ...listener, ca: mine.cert, requestCert: true, rejectUnauthorized: true };
    const served = createServer(options, (socket) => {
      const { subject } = socket.getPeerCertificate();
      socket.end(`hello ${String(subject.CN)}`);
    });
    await new Promise<void>((resolve) => served.listen(0, '127.0.0.1', resolve));
    const { port } = served.address() as AddressInfo;
    try {
      expect(await talk(caller)).toBe('hello worker');
      expect(await talk(stranger)).toBe('refused');
      expect(await talk(listener)).toBe('refused');
    } finally {
      served.close();
    }
  });
});
