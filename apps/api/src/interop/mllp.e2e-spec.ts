import { setTimeout as pause } from 'node:timers/promises';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { parseServiceToken } from '#libs/auth/token';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { decodeBytes, encodeBytes } from '#libs/interop/hl7v2/charset';
import { framed } from '#libs/interop/mllp/frame';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { freshArrival } from '../../../../test/support/hl7-feed';
import { testAuthority } from '../../../../test/support/test-certificates';
import { connectMllp } from '#libs/interop/mllp/sender';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { plantMachine, type TestMachine } from '../../../../test/support/test-machine';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { type MllpConfig } from '../api-config';
import { MllpListener } from './mllp-listener';
import { maxMessageBytes } from './receive';

describe('HL7 v2 over MLLP', () => {
  let postgres: TestPostgres;
  let hospital: TestHospital;
  let app: NestExpressApplication;
  let log: string[];
  let his: TestMachine;

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    const { organisationId } = hospital;
    his = await plantMachine('', postgres.migrationUrl, { organisationId, scopes: ['hl7v2:write'] });
    ({ app, log } = await listen({}));
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const listen = (changes: Partial<MllpConfig>) =>
    startTestApi(
      testApiConfig(postgres.url, {
        mllp: { host: '127.0.0.1', ports: { 'utf-8': 0, gb18030: 0 }, token: his.token, senders: [], ...changes },
      }),
    );
  const portOf = (of: NestExpressApplication, charset: 'utf-8' | 'gb18030' = 'utf-8'): number =>
    of.get(MllpListener).portOf(charset)!;
  let last = 0;
  const message = (fields: Readonly<Record<string, string>> = {}): string => {
    last += 1;
    return exampleAdt('A04', { ...freshArrival().fields, 'PV1-3': 'W0', 'MSH-10': `M${last}`, ...fields });
  };
  const sql = <Row>(text: string) => sqlAs<Row>(postgres.migrationUrl, text);
  const count = async (table: string): Promise<number> =>
    (await sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;
  const withApi = async (changes: Partial<MllpConfig>, work: (port: number, lines: string[]) => Promise<void>) => {
    const other = await listen(changes);
    try {
      await work(portOf(other.app), other.log);
    } finally {
      await other.app.close();
    }
  };

  it('takes a message and answers its acknowledgement, once it is stored', async () => {
    const sender = await connectMllp(portOf(app));
    const answer = await sender.send(Buffer.from(message()));
    expect(answer?.toString()).toContain(`MSA|AA|M${last}\r`);
    const [stored] = await sql<{ outcome: string; event: string }>(
      'select outcome, event from inbound_message order by id desc limit 1',
    );
    expect(stored).toEqual({ outcome: 'applied', event: 'A04' });
    await sender.close();
  });

  it('reads GB 18030 on its own port, and answers in it', async () => {
    const name = { 'MSH-18': '', 'PID-5': '欧阳^娜' };
    const sender = await connectMllp(portOf(app, 'gb18030'));
    const answer = await sender.send(encodeBytes(message(name), 'gb18030'));
    expect(decodeBytes(answer!, 'gb18030')).toMatch(/示范医院[^]*MSA\|AA/);
    // What names its character set is read so on any port; what does not is never guessed at.
    expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
    await sender.close();
    const other = await connectMllp(portOf(app));
    expect((await other.send(encodeBytes(message(name), 'gb18030')))?.toString('latin1')).toMatch(
      /MSA\|AE[^]*ERR\|\|\|102/,
    );
    await other.close();
  });

  it('answers a repeated message AA and another one with its control id AE 205, as over HTTP', async () => {
    const sender = await connectMllp(portOf(app));
    const bytes = Buffer.from(message());
    const before = await count('cases');
    for (let round = 0; round < 3; round += 1) expect((await sender.send(bytes))?.toString()).toContain('MSA|AA');
    expect(await count('cases')).toBe(before + 1);
    const reused = Buffer.from(message({ 'MSH-10': `M${last}` }));
    expect((await sender.send(reused))?.toString()).toMatch(/MSA\|AE\|M\d+\r[^]*205/);
    await sender.close();
  });

  it('answers one message after the other, however they are cut into packets', async () => {
    const sender = await connectMllp(portOf(app));
    const ids: string[] = [];
    const frames = Buffer.concat(
      Array.from({ length: 12 }, () => {
        const bytes = framed(Buffer.from(message()));
        ids.push(`M${last}`);
        return bytes;
      }),
    );
    for (let at = 0; at < frames.length; at += 700) {
      sender.socket.write(frames.subarray(at, at + 700));
      await pause(2);
    }
    for (const id of ids) expect((await sender.answer())?.toString()).toContain(`MSA|AA|${id}\r`);
    await sender.close();
  });

  it('answers a sender that ends its side behind its message', async () => {
    const sender = await connectMllp(portOf(app));
    sender.socket.end(framed(Buffer.from(message())));
    expect((await sender.answer())?.toString()).toContain('MSA|AA');
    expect(await sender.answer()).toBeNull();
  });

  it('answers a message that is too large with AE, without keeping it, and goes on', async () => {
    const sender = await connectMllp(portOf(app));
    const large = Buffer.concat([Buffer.from(message()), Buffer.alloc(8 * maxMessageBytes, 'x')]);
    expect((await sender.send(large))?.toString()).toMatch(new RegExp(`MSA\\|AE\\|M${last}\\r`));
    const [dead] = await sql<{ outcome: string; reason: string; n: number }>(
      'select outcome, reason, length(raw_ct) n from inbound_message order by id desc limit 1',
    );
    expect(dead).toMatchObject({ outcome: 'dead', reason: '102 too-large' });
    expect(dead!.n).toBeLessThan(2 * maxMessageBytes);
    expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
    await sender.close();
  });

  it('closes on whoever speaks something else', async () => {
    const sender = await connectMllp(portOf(app));
    sender.socket.write('GET / HTTP/1.1\r\n\r\n');
    expect(await sender.answer()).toBeNull();
  });

  it('closes on a frame that does not end in time, even if it grows, and on idle connections', async () => {
    await withApi({ limits: { frameMs: 300, idleMs: 600 } }, async (port, lines) => {
      const slow = await connectMllp(port);
      const begun = Date.now();
      slow.socket.write('\u000bMSH|^~');
      const drip = setInterval(() => slow.socket.write('x'), 50);
      expect(await slow.answer()).toBeNull();
      clearInterval(drip);
      expect(Date.now() - begun).toBeLessThan(550);
      const idle = await connectMllp(port);
      const breath = setInterval(() => idle.socket.write('\r'), 50);
      expect(await idle.answer()).toBeNull();
      clearInterval(breath);
      while (!lines.at(-1)?.includes('"ending":"idle"')) await pause(10);
      expect(lines.join('')).toMatch(/"ending":"slow"[^]*"ending":"idle"/);
    });
  });

  it('lets only so many in at once', async () => {
    await withApi({ limits: { connections: 1 } }, async (port) => {
      const first = await connectMllp(port);
      const second = await connectMllp(port);
      expect(await second.send(Buffer.from(message()))).toBeNull();
      expect((await first.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
      await first.close();
    });
  });

  it('hears only the senders that are named', async () => {
    const senders = ['10.8.0.0/16', '::1'];
    await withApi({ senders }, async (port, lines) => {
      const stranger = await connectMllp(port);
      expect(await stranger.send(Buffer.from(message()))).toBeNull();
      expect(lines.join('')).toContain('"ending":"not-a-sender","from":"127.0.0.1"');
    });
    await withApi({ senders: ['127.0.0.1'] }, async (port) => {
      const sender = await connectMllp(port);
      expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
      await sender.close();
    });
  });

  it('takes nothing for an account without the scope, or one that is revoked meanwhile', async () => {
    const { organisationId } = hospital;
    const machine = (scopes: readonly ('hl7v2:write' | 'triage:write')[]) =>
      plantMachine('', postgres.migrationUrl, { organisationId, scopes });
    const before = await count('inbound_message');
    const { token } = await machine(['triage:write']);
    await withApi({ token }, async (port) => {
      expect(await (await connectMllp(port)).send(Buffer.from(message()))).toBeNull();
    });
    expect(await count('inbound_message')).toBe(before);
    const later = await machine(['hl7v2:write']);
    await withApi({ token: later.token }, async (port) => {
      const sender = await connectMllp(port);
      expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
      await sql(
        `update service_account set revoked_at = now() where id = '${parseServiceToken(later.token)!.accountId}'`,
      );
      expect(await sender.send(Buffer.from(message()))).toBeNull();
    });
    expect(await count('inbound_message')).toBe(before + 1);
  });

  it('answers what it is taking before it stops', async () => {
    const other = await listen({});
    const [busy, idle] = [await connectMllp(portOf(other.app)), await connectMllp(portOf(other.app))];
    const answer = busy.send(Buffer.from(message()));
    await pause(5);
    await other.app.close();
    const said = (await answer)?.toString();
    const [stored] = await sql<{ n: number }>(
      `select count(*)::int n from inbound_message where outcome = 'applied' and received_at > now() - interval '2 s'`,
    );
    // Either it was answered, or it had not been read yet; never stored and then left without an answer.
    expect([said?.includes(`MSA|AA|M${last}`) ?? false, stored!.n > 0]).toEqual([
      said !== undefined,
      said !== undefined,
    ]);
    expect(await idle.answer()).toBeNull();
  });

  it('does TLS, and with an authority hears only senders whose certificate is of it', async () => {
    const { ca, server, client } = await testAuthority();
    await withApi({ tls: server }, async (port) => {
      const sender = await connectMllp(port, { ca });
      expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
      await sender.close();
      expect(await (await connectMllp(port)).send(Buffer.from(message()))).toBeNull();
    });
    await withApi({ tls: { ...server, clientCa: ca } }, async (port, lines) => {
      const sender = await connectMllp(port, { ca, ...client });
      expect((await sender.send(Buffer.from(message())))?.toString()).toContain('MSA|AA');
      await sender.close();
      const before = await count('inbound_message');
      for (const shown of [{}, (await testAuthority()).client])
        expect(await (await connectMllp(port, { ca, ...shown })).send(Buffer.from(message()))).toBeNull();
      expect(await count('inbound_message')).toBe(before);
      expect(lines.join('')).toContain('"ending":"tls-failed"');
    });
  });

  it('counts messages by outcome and connections by their end, and who was not let in, without a word of either', async () => {
    const other = await listen({ limits: { connections: 1 } });
    try {
      const sender = await connectMllp(portOf(other.app));
      const bytes = Buffer.from(message());
      for (const each of [bytes, bytes, Buffer.from('nonsense')]) await sender.send(each);
      expect(await (await connectMllp(portOf(other.app))).send(bytes)).toBeNull();
      const figures = async (): Promise<string> =>
        (await other.registry.metrics())
          .split('\n')
          .filter((line) => line.startsWith('countersign_mllp'))
          .join('\n');
      expect(await figures()).toContain('countersign_mllp_connections 1');
      await sender.close();
      while ((await figures()).includes('countersign_mllp_connections 1')) await pause(10);
      expect((await figures()).split('\n').toSorted()).toEqual([
        'countersign_mllp_connections 0',
        'countersign_mllp_connections_ended_total{ending="closed"} 1',
        'countersign_mllp_connections_rejected_total{reason="too-many"} 1',
        'countersign_mllp_messages_total{outcome="applied",charset="utf-8"} 1',
        'countersign_mllp_messages_total{outcome="dead",charset="utf-8"} 1',
        'countersign_mllp_messages_total{outcome="repeated",charset="utf-8"} 1',
      ]);
    } finally {
      await other.app.close();
    }
  });

  it('logs nothing of a message', () => {
    expect(log.join('')).not.toMatch(/张三|欧阳|MSH|P\d+X/);
  });

  it('answers nothing while the database is away: the sender keeps its message', async () => {
    await postgres.postgres.part.stop();
    const sender = await connectMllp(portOf(app));
    expect(await sender.send(Buffer.from(message()))).toBeNull();
    expect(log.at(-1)).toContain('"ending":"not-taken"');
  });
});
