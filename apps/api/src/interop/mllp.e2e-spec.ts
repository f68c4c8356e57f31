import { setTimeout as pause } from 'node:timers/promises';
import { type NestExpressApplication } from '@nestjs/platform-express';
import { exampleAdt } from '#libs/interop/hl7v2/adt.example';
import { decodeBytes, encodeBytes } from '#libs/interop/hl7v2/charset';
import { framed } from '#libs/interop/mllp/frame';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { freshArrival } from '../../../../test/support/hl7-feed';
import { connectMllp } from '../../../../test/support/mllp-sender';
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
});
void [pause, decodeBytes, encodeBytes, framed, maxMessageBytes];
