import { randomUUID } from 'node:crypto';
import { type RoleGrant, type ServicePrincipal, type UserPrincipal } from '#libs/auth/principal';
import { keepPreferences } from '#libs/db/stores/preferences.store';
import { replyKey, keepReply } from '#libs/db/stores/reply.store';
import { insertInbound } from '#libs/db/stores/inbound.store';
import { insertFilter } from '#libs/db/stores/saved-filter.store';
import { acuity } from '#libs/processes/triage/triage.contract';
import { giveHandover } from '../../apps/api/src/handovers/give';
import { handoverSchema } from '../../apps/api/src/handovers/handovers.schema';
import { done, type Ledger, startLedger } from './ledger-fixture';
import { acuityDraft, type Arrived, level, offerDraft, openDesk } from './review-desk';
import { calm, openTriage } from './triage-fixture';

/** A hospital whose every patient is on one ward, with people of that ward, of another one, and of another hospital. */
export interface SecuredLedger {
  readonly ledger: Ledger;
  /** Of the ward with the patients, of the other ward, of both, and of all. */
  readonly here: UserPrincipal;
  readonly there: UserPrincipal;
  readonly both: UserPrincipal;
  readonly everywhere: UserPrincipal;
  /** Somebody with every ward of another hospital. */
  readonly foreign: UserPrincipal;
  /** Somebody without any role. */
  readonly nobody: UserPrincipal;
  readonly machine: ServicePrincipal;
  /** A decided review and an open one, with what hangs on them. */
  readonly patients: readonly [Arrived, Arrived];
}

/** Starts a ledger with rows in every table, all of one ward. */
export const startSecuredLedger = async (): Promise<SecuredLedger> => {
  const ledger = await startLedger();
  const here = await ledger.person(['charge_nurse']);
  const there = await ledger.person(['charge_nurse'], { ward: ledger.otherWard });
  const everywhere = await ledger.person(['charge_nurse'], { ward: null });
  const nobody = await ledger.person([]);
  const second: RoleGrant = { role: 'charge_nurse', wardId: ledger.otherWard };
  const both = { ...here, grants: [...here.grants, second] };
  const machine = await ledger.service(['triage:write', 'hl7v2:write']);
  const patients = [await openPatient(ledger, here), await openPatient(ledger, here)] as const;
  await decidePatient(ledger, here, patients[0]);
  await fillTheRest(ledger, { here, machine, at: patients[1] });
  return { ledger, here, there, both, everywhere, foreign: await foreigner(ledger), nobody, machine, patients };
};

const foreigner = async (ledger: Ledger): Promise<UserPrincipal> => {
  const [organisationId, ward] = [randomUUID(), randomUUID()];
  await ledger.sql(`insert into organisation (id, name, time_zone) values ($1, '另一家医院', 'Asia/Shanghai')`, [
    organisationId,
  ]);
  await ledger.sql(`insert into ward (id, organisation_id, code, name) values ($1, $2, 'ED', '急诊科')`, [
    ward,
    organisationId,
  ]);
  return { ...(await ledger.person(['charge_nurse'], { ward: null })), organisationId };
};

const openPatient = async (ledger: Ledger, as: UserPrincipal): Promise<Arrived> => {
  const triage = openTriage(ledger);
  const identifiers = [{ authority: 'HIS', type: 'PI', value: randomUUID() }];
  const patient = { name: '李明', sex: 'male', birthDate: '1970-01-02', identifiers };
  const { caseId } = await done(triage.register(as, { patient }));
  const { reviewId } = await done(triage.assess(as, caseId, { vitals: { ...calm, spo2: 92 } }));
  if (!reviewId) throw new Error('no review was opened');
  await offerDraft(ledger, reviewId, { draft: acuityDraft('II'), gate: acuity });
  return { caseId, reviewId };
};

const decidePatient = async (ledger: Ledger, as: UserPrincipal, { caseId }: Arrived): Promise<void> => {
  const triage = openTriage(ledger);
  await done(triage.sign(as, caseId, 'I'));
  await done(triage.move(as, caseId, { move: 'call', room: '1' }));
};

const fillTheRest = async (
  ledger: Ledger,
  { here, machine, at }: { here: UserPrincipal; machine: ServicePrincipal; at: Arrived },
): Promise<void> => {
  const desk = openDesk(ledger);
  const { caseId, reviewId } = at;
  await done(desk.judge(here, reviewId, { level: 'II', note: '' }));
  await done(desk.view(here, reviewId));
  await done(desk.keep(here, reviewId, { version: 0, content: level('II') }));
  await done(desk.escalate(here, reviewId));
  await done(desk.claim(here, reviewId));
  const body = handoverSchema.parse({});
  await done(ledger.inTransaction(here, (tx) => giveHandover(desk.deps, tx, { person: here, body })));
  await done(openTriage(ledger).assess(here, caseId, { vitals: { ...calm, spo2: 80 } }));
  const key = replyKey('key-of-a-request', { method: 'POST', path: '/x', body: null });
  await ledger.inTransaction(here, (tx) => keepReply(tx, key, { status: 200, body: {} }));
  await ledger.sql(
    `insert into task (id, case_id, organisation_id, ward_id, kind, unique_key, due_at)
     values ($1, $2, $3, $4, 're-assessment', gen_random_uuid(), now())`,
    [randomUUID(), caseId, ledger.organisationId, ledger.ward],
  );
  await ledger.sql('insert into admission_request (id, case_id, organisation_id) values ($1, $2, $3)', [
    randomUUID(),
    caseId,
    ledger.organisationId,
  ]);
  await ledger.sql(
    `insert into pre_notice (id, organisation_id, ward_id, state, expected_at, content_ct, announced_by_kind, case_id, ended_at,
       ended_by_kind) values ($1, $2, $3, 'arrived', now(), 'x', 'user', $4, now(), 'user')`,
    [randomUUID(), ledger.organisationId, ledger.ward, caseId],
  );
  const preferences = { version: 0, content: {} };
  await ledger.inTransaction(here, (tx) => keepPreferences(tx, here.id, preferences));
  const filter = { userId: here.id, screen: 'worklist' };
  await done(ledger.inTransaction(here, (tx) => insertFilter(tx, filter, { name: '我的', query: {} })));
  const nothing = { sourceKey: null, event: null, occurredAt: null, messageAt: null, caseId, visitId: null };
  const message = { ...nothing, sha256: 'a', bytes: Buffer.from('MSH'), defaultCharset: 'utf-8' as const };
  await ledger.inTransaction(machine, (tx) =>
    insertInbound(tx, { ...message, outcome: 'dead', reason: 'malformed', answer: 'AR' }),
  );
};
