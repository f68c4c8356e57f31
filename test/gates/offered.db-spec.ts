import { type UserPrincipal } from '#libs/auth/principal';
import { gateContracts } from '#libs/processes/index';
import { type GateContract } from '#libs/processes/process.contract';
import { isRefusal, refuse } from '#libs/review/refusal';
import { type Operation, operations, type ReviewView } from '../../apps/api/src/reviews/view.schema';
import { done, startLedger, type Ledger } from '../support/ledger-fixture';
import { type Desk, openDesk, reviewNow } from '../support/review-desk';
import { type GateHarness, harnessOf } from './gate-harness';
import { plainGate, releaseGate, sampleDeps } from './sample-gates';

const gates = [...gateContracts, releaseGate as unknown as GateContract, plainGate as unknown as GateContract];
const named = gates.map((contract): [string, GateContract] => [
  `${contract.gate.process}/${contract.gate.step}`,
  contract,
]);

let ledger: Ledger;
beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.stop());

/** A desk on which everything is tried and nothing stays. */
const dryDesk = (): Desk =>
  openDesk(
    {
      ...ledger,
      inTransaction: (principal, work) =>
        ledger.inTransaction(principal, async (tx) => {
          const value = await work(tx);
          return (isRefusal(value) ? value : refuse('CONFLICT', { worked: true })) as never;
        }),
    },
    sampleDeps(),
  );

const worked = async (answer: Promise<unknown>): Promise<boolean> => {
  const value = await answer;
  return isRefusal(value) && value.code === 'CONFLICT' && value.detail['worked'] === true;
};

/* A screen offers what `allowed` says: nothing that would be refused, and everything that would not. */
describe.each(named)('what %s offers a person', (_, contract) => {
  const { gate, examples } = contract;
  let h: GateHarness;
  let dry: Desk;
  let heir: UserPrincipal;
  beforeAll(async () => {
    h = await harnessOf(ledger, contract);
    dry = dryDesk();
    heir = await ledger.person([...new Set([...gate.reviewers, ...(gate.secondSigners ?? [])])]);
  });

  const attempts = (
    who: UserPrincipal,
    view: ReviewView,
    offered: string | null,
  ): Record<Operation, () => Promise<unknown>> => {
    const { reviewId, version } = view;
    const shown = {
      draftVersion: view.draft?.version ?? 1,
      draftSha256: view.draft?.sha256 ?? offered ?? 'a'.repeat(64),
    };
    const reason = { reasonCode: gate.reasonCodes[0], version };
    const first = view.signatures[0];
    const answer = {
      version,
      signatureId: first?.signatureId ?? reviewId,
      contentSha256: first?.contentSha256 ?? 'a'.repeat(64),
    };
    return {
      approve: () => dry.decide(who, reviewId, { action: 'approve', ...shown, ...reason }),
      amend: () => dry.decide(who, reviewId, { action: 'amend', ...shown, ...reason, content: examples.content }),
      manual: () => dry.decide(who, reviewId, { ...reason, content: examples.content }),
      reject: () => dry.decide(who, reviewId, { action: 'reject', ...reason }),
      redraft: () => dry.redraft(who, reviewId, ['more']),
      defer: () => dry.defer(who, reviewId, new Date(Date.now() + 60_000)),
      escalate: () => dry.escalate(who, reviewId),
      judge: () => dry.judge(who, reviewId, view.judgement === null ? examples.judgement : { another: 1 }),
      claim: () => dry.claim(who, reviewId),
      release: () => (view.claim === null ? Promise.resolve(null) : dry.release(who, reviewId)),
      reassign: () => dry.reassign(who, reviewId, heir.id),
      'second-signature': () => dry.countersign(who, reviewId, answer),
      decline: () => dry.decline(who, reviewId, { ...answer, reason: 'no' }),
      'withdraw-signature': () => dry.withdraw(who, reviewId, { version, signatureId: answer.signatureId }),
    };
  };

  const expectAgreement = async (reviewId: string): Promise<void> => {
    const people = { ...h.people, heir };
    for (const [name, who] of Object.entries(people)) {
      const view = await h.desk.view(who, reviewId);
      if (isRefusal(view)) {
        expect([name, view.code]).toEqual(['outsider', 'FORBIDDEN']);
        continue;
      }
      const tried = attempts(who, view, (await reviewNow(ledger, reviewId)).draftSha256);
      const possible: Operation[] = [];
      for (const operation of operations) if (await worked(tried[operation]())) possible.push(operation);
      expect({ name, allowed: view.allowed }).toEqual({ name, allowed: possible });
    }
  };

  it('agrees with what works while there is no draft', async () => {
    const reviewId = await h.open();
    expect((await done(h.desk.view(h.people.reviewer, reviewId))).allowed).toContain('manual');
    await expectAgreement(reviewId);
  });

  it('agrees with a draft, before and after a judgement', async () => {
    const reviewId = await h.open();
    await h.offer(reviewId);
    await expectAgreement(reviewId);
    await h.judgeFirst(reviewId);
    await expectAgreement(reviewId);
  });

  it('agrees while somebody holds the review', async () => {
    const reviewId = await h.open();
    await h.offer(reviewId);
    await h.judgeFirst(reviewId);
    await done(h.desk.claim(h.people.reviewer, reviewId));
    await expectAgreement(reviewId);
  });

  it('agrees while the model is switched off', async () => {
    const reviewId = await h.open();
    await h.offer(reviewId);
    await h.judgeFirst(reviewId);
    await done(h.desk.view(h.people.reviewer, reviewId));
    await ledger.sql('insert into setting (organisation_id, name, value) values ($1, $2, $3)', [
      ledger.organisationId,
      `rollout.${gate.process}`,
      '{"mode": "off"}',
    ]);
    await expectAgreement(reviewId);
    await ledger.sql('delete from setting');
  });

  it('agrees while a first signature waits, and when all is over', async () => {
    const { below } = examples;
    const reviewId = await h.open(below?.floor ?? null);
    const content = below?.content ?? examples.content;
    await done(h.desk.decide(h.people.reviewer, reviewId, { content, reasonCode: gate.reasonCodes[0] }));
    await expectAgreement(reviewId);
  });
});
