import { type UserPrincipal } from '#libs/auth/principal';
import { done, refused, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import { arrive, type Desk, level, nurse, openDesk, reassess, reviewNow } from '../../../../test/support/review-desk';

describe('the second signature', () => {
  let ledger: Ledger;
  let desk: Desk;
  let who: UserPrincipal;
  let doctor: UserPrincipal;
  beforeAll(async () => {
    ledger = await startLedger();
    desk = openDesk(ledger);
    who = await nurse(ledger, '王护士');
    doctor = await ledger.person(['physician'], { name: '陈医生', licenceNo: '110-2233' });
  });
  afterAll(() => ledger.stop());

  /** A first signature below the floor, which waits. */
  const signedFirst = async (by = who) => {
    const { reviewId, caseId } = await arrive(ledger, who);
    const below = { content: level('IV'), reasonCode: 'clinical-judgement', reasonText: '慢性低氧,基线如此' };
    const { signatureId, contentSha256, version } = await done(desk.decide(by, reviewId, below));
    return { reviewId, caseId, version, answer: { signatureId, contentSha256 } };
  };
  const count = async (sql: string, reviewId: string): Promise<number> =>
    (await ledger.sql<{ n: number }>(`select count(*)::int n from ${sql}`, [reviewId]))[0]?.n ?? -1;
  const events = async (reviewId: string): Promise<string[]> =>
    (
      await ledger.sql<{ kind: string }>('select kind from review_event where review_id = $1 order by seq', [reviewId])
    ).map(({ kind }) => kind);
  const levelOf = async (caseId: string) =>
    (await ledger.sql('select level, decided_level from triage_case where case_id = $1', [caseId]))[0];

  it('makes one decision of two signatures over one digest, and only then takes effect', async () => {
    const { reviewId, caseId, answer } = await signedFirst();
    expect(await levelOf(caseId)).toMatchObject({ decided_level: null });
    const view = await done(desk.view(doctor, reviewId));
    expect(view.signatures).toEqual([
      expect.objectContaining({
        ...answer,
        name: '王护士',
        role: 'triage_nurse',
        reasonCode: 'clinical-judgement',
        reasonText: '慢性低氧,基线如此',
        content: level('IV'),
      }),
    ]);
    expect(view.allowed).toEqual(expect.arrayContaining(['second-signature', 'decline']));
    const reply = await done(desk.countersign(doctor, reviewId, answer));
    expect(reply).toMatchObject({ state: 'decided', contentSha256: answer.contentSha256 });
    expect(await levelOf(caseId)).toEqual({ level: 'IV', decided_level: 'IV' });
    const signatures = await ledger.sql(
      'select sequence, meaning, method, licence_no, content_sha256 from signature where review_id = $1 order by sequence',
      [reviewId],
    );
    expect(signatures).toEqual([
      { sequence: 1, meaning: 'authored', method: 'session', licence_no: null, content_sha256: answer.contentSha256 },
      {
        sequence: 2,
        meaning: 'co-signed',
        method: 'password',
        licence_no: '110-2233',
        content_sha256: answer.contentSha256,
      },
    ]);
    const [decision] = await ledger.sql(
      'select decided_by, content_sha256, second_signature from decision where review_id = $1',
      [reviewId],
    );
    expect(decision).toEqual({
      decided_by: doctor.id,
      content_sha256: answer.contentSha256,
      second_signature: reply.signatureId,
    });
  });

  it('is given by another person only, with the role, the password and a look', async () => {
    const charge = await ledger.person(['charge_nurse']);
    const { reviewId, version, answer } = await signedFirst(charge);
    expect((await refused(desk.countersign(charge, reviewId, answer))).code).toBe('SEPARATION_OF_DUTIES');
    expect((await refused(desk.countersign(await nurse(ledger), reviewId, answer))).code).toBe('FORBIDDEN');
    expect((await refused(desk.countersign(ledger.worker, reviewId, answer))).code).toBe('FORBIDDEN');
    expect((await refused(desk.countersign(doctor, reviewId, answer))).code).toBe('STALE_DRAFT');
    await done(desk.view(doctor, reviewId));
    expect((await refused(desk.countersign(doctor, reviewId, { ...answer, password: false }))).code).toBe(
      'STEP_UP_REQUIRED',
    );
    expect((await refused(desk.countersign(doctor, reviewId, { ...answer, version: version - 1 }))).code).toBe(
      'VERSION_MISMATCH',
    );
    expect(await count('decision where review_id = $1', reviewId)).toBe(0);
    expect(await reviewNow(ledger, reviewId)).toMatchObject({ state: 'awaiting-second', version });
  });

  it('keeps others from deciding meanwhile, and tells them who signed', async () => {
    const { reviewId } = await signedFirst();
    const refusal = await refused(desk.decide(doctor, reviewId, { content: level('I') }));
    expect(refusal).toMatchObject({ code: 'AWAITING_SECOND', detail: { signedBy: '王护士', action: 'manual' } });
  });

  it('can be declined with a reason: the first is void, the review is open again', async () => {
    const { reviewId, caseId, version, answer } = await signedFirst();
    await done(desk.view(doctor, reviewId));
    const standing = await done(desk.decline(doctor, reviewId, { ...answer, reason: '血氧确实低' }));
    expect(standing).toMatchObject({ state: 'open', version: version + 1 });
    const [voided] = await ledger.sql(
      'select voided_reason, voided_at is not null gone from signature where review_id = $1',
      [reviewId],
    );
    expect(voided).toEqual({ voided_reason: 'declined', gone: true });
    expect(await events(reviewId)).toEqual(['declined']);
    expect(await levelOf(caseId)).toMatchObject({ decided_level: null });
    const { events: told, signatures } = await done(desk.view(who, reviewId));
    expect(told.at(-1)).toMatchObject({ kind: 'declined', by: '陈医生', note: '血氧确实低' });
    expect(signatures).toEqual([]);
    expect((await refused(desk.countersign(doctor, reviewId, answer))).code).toBe('NOT_AWAITING_SECOND');
    expect(
      await count(
        `notice where kind = 'signature-declined' and audience = 'triage_nurse' and review_id = $1`,
        reviewId,
      ),
    ).toBe(1);
    expect(await done(desk.decide(who, reviewId, { content: level('II') }))).toMatchObject({ state: 'decided' });
    expect(await count('signature where review_id = $1', reviewId)).toBe(2);
  });

  it('is not needed any more once the first signer takes theirs back', async () => {
    const { reviewId, version, answer } = await signedFirst();
    await done(desk.view(doctor, reviewId));
    await done(desk.claim(doctor, reviewId));
    expect((await refused(desk.withdraw(doctor, reviewId, { signatureId: answer.signatureId }))).code).toBe(
      'FORBIDDEN',
    );
    expect(
      (await refused(desk.withdraw(who, reviewId, { signatureId: answer.signatureId, version: version - 1 }))).code,
    ).toBe('VERSION_MISMATCH');
    const standing = await done(desk.withdraw(who, reviewId, { signatureId: answer.signatureId }));
    expect(standing).toMatchObject({ state: 'open', version: version + 1, claim: null });
    expect(await events(reviewId)).toEqual(['claimed', 'first-signature-withdrawn']);
    expect((await refused(desk.countersign(doctor, reviewId, answer))).code).toBe('NOT_AWAITING_SECOND');
    expect((await refused(desk.withdraw(who, reviewId, { signatureId: answer.signatureId }))).code).toBe(
      'NOT_AWAITING_SECOND',
    );
  });

  it('falls away when a fact overtakes what the first signed', async () => {
    const { reviewId, caseId, version, answer } = await signedFirst();
    await done(desk.view(doctor, reviewId));
    const { factId } = await done(reassess(ledger, who, { caseId, vitals: { spo2: 84, pulse: 130 } }));
    expect(await reviewNow(ledger, reviewId)).toMatchObject({ state: 'open', version: version + 1 });
    expect(await events(reviewId)).toEqual(expect.arrayContaining(['first-signature-stale']));
    expect((await refused(desk.countersign(doctor, reviewId, answer))).code).toBe('NOT_AWAITING_SECOND');
    expect((await refused(desk.decide(who, reviewId, { content: level('II') }))).detail).toEqual({ facts: [factId] });
    expect(await count('decision where review_id = $1', reviewId)).toBe(0);
  });

  it('races with a withdrawal: one of them happens, never both', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { reviewId, version, answer } = await signedFirst();
      await done(desk.view(doctor, reviewId));
      const [second, back] = await Promise.all([
        desk.countersign(doctor, reviewId, { ...answer, version }),
        desk.withdraw(who, reviewId, { signatureId: answer.signatureId, version }),
      ]);
      const codes = [second, back].map((answered) => ('refused' in answered ? answered.code : 'done'));
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
      const { state } = await reviewNow(ledger, reviewId);
      expect([state, await count('decision where review_id = $1', reviewId)]).toEqual(
        codes[0] === 'done' ? ['decided', 1] : ['open', 0],
      );
    }
  });

  it('carries the acknowledgement of both signers to the effect', async () => {
    const { reviewId, caseId, answer } = await signedFirst();
    await ledger.sql('alter table fact disable trigger fact_append_only');
    await ledger.sql(`update fact set effective_at = now() - interval '9 hours' where case_id = $1`, [caseId]);
    await ledger.sql('alter table fact enable trigger fact_append_only');
    await done(desk.view(doctor, reviewId));
    const stale = await refused(desk.countersign(doctor, reviewId, answer));
    expect(stale.code).toBe('STALE_VITALS');
    const { facts } = stale.detail as { facts: string[] };
    expect(await done(desk.countersign(doctor, reviewId, { ...answer, acknowledgedFacts: facts }))).toMatchObject({
      state: 'decided',
    });
  });
});
