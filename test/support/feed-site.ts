import { randomUUID } from 'node:crypto';
import { MllpListener } from '../../apps/api/src/interop/mllp-listener';
import { connectMllp } from '#libs/interop/mllp/sender';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from './test-api';
import { plantMachine } from './test-machine';
import { makeHospital, type TestHospital } from './test-people';

/** A stored message of a site. */
export interface SiteMessage {
  readonly id: string;
  readonly sha256: string;
  readonly event: string | null;
  readonly outcome: string;
  readonly reason: string | null;
}

/** A hospital with a database of its own, and a sender connected to its MLLP port. */
export interface FeedSite {
  readonly url: string;
  readonly migrationUrl: string;
  readonly hospital: TestHospital;
  /** Sends a message and answers MSA-1. */
  send(message: Uint8Array): Promise<string>;
  stored(): Promise<SiteMessage[]>;
  close(): Promise<void>;
}

/** Opens a site with wards of these names. */
export const openFeedSite = async (
  { url, migrationUrl }: { readonly url: string; readonly migrationUrl: string },
  wards: readonly string[],
): Promise<FeedSite> => {
  await migrateTestDatabase(migrationUrl);
  const hospital = await makeHospital(migrationUrl);
  const { organisationId } = hospital;
  for (const name of wards)
    await sqlAs(migrationUrl, 'insert into ward (id, organisation_id, code, name) values ($1, $2, $3, $3)', [
      randomUUID(),
      organisationId,
      name,
    ]);
  const { token } = await plantMachine('', migrationUrl, { organisationId, scopes: ['hl7v2:write'] });
  const mllp = { host: '127.0.0.1', ports: { 'utf-8': 0 }, token, senders: [] };
  const api = await startTestApi(testApiConfig(url, { mllp }));
  const sender = await connectMllp(api.app.get(MllpListener).portOf('utf-8') ?? 0);
  return {
    url: api.url,
    migrationUrl,
    hospital,
    send: async (message) => /MSA.(A[AER])/.exec((await sender.send(message))?.toString('latin1') ?? '')?.[1] ?? '',
    stored: () =>
      sqlAs<SiteMessage>(migrationUrl, 'select id, sha256, event, outcome, reason from inbound_message order by id'),
    close: async () => {
      await sender.close();
      await api.app.close();
    },
  };
};
