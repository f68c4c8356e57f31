import { randomUUID } from 'node:crypto';
import { scopes } from '#libs/auth/roles';
import { errorCodes } from '#libs/errors/errors';
import {
  approving,
  type AtDesk,
  type Desk,
  level,
  machineHeaders,
  manual,
  type ReviewView,
} from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';
import { eventually } from '../support/installation-wait';

/** The day-1 list: each was a bug of some other product, and must not become one of ours. */
export const regressions = (chaos: Chaos): void => {
  let nurse: Desk;
  let other: Desk;
  let charge: Desk;

  beforeAll(async () => {
    [nurse, other] = [await chaos.somebody('triage_nurse'), await chaos.somebody('triage_nurse')];
    charge = await chaos.somebody('charge_nurse');
  });

  const code = ({ status, body }: { status: number; body: { code?: string } }) => `${status} ${body.code ?? ''}`.trim();
  const arrive = async (patient?: Readonly<Record<string, unknown>>): Promise<AtDesk> => {
    const [at] = await chaos.arrive(nurse, 1, patient);
    return at!;
  };
  const looked = async (patient?: Readonly<Record<string, unknown>>): Promise<{ at: AtDesk; shown: ReviewView }> => {
    const at = await arrive(patient);
    return { at, shown: await nurse.look(at.reviewId) };
  };
  const undecided = async (...patients: AtDesk[]) => expect(await chaos.decisions(patients)).toEqual([]);
  const decide = async (desk: Desk, at: AtDesk, body: object) =>
    desk.decide(at.reviewId, body, { version: (await desk.view(at.reviewId)).version });

  it('R1: an approval before there is a draft is refused', async () => {
    chaos.site.model.latencyMs = 3000;
    const at = await arrive();
    await nurse.send(`/api/reviews/${at.reviewId}/judgements`, { content: { level: 'II' } });
    const guess = { action: 'approve', draftVersion: 1, draftSha256: 'a'.repeat(64) };
    expect(code(await decide(nurse, at, guess))).toBe('409 NO_DRAFT');
    await chaos.drafted([at]);
    await undecided(at);
  });

  it('R2: an approval that was used opens no later gate', async () => {
    const { at, shown } = await looked();
    const sending = { version: shown.version, key: randomUUID() };
    const [first] = chaos.told([await nurse.decide(at.reviewId, approving(shown), sending)]);
    const worse = { complaint: '胸痛加重', vitals: { spo2: 78 }, measuredAt: new Date().toISOString() };
    const next = await nurse.send<{ reviewId: string }>(`/api/triage/cases/${at.caseId}/assessments`, worse);
    const second = { caseId: at.caseId, reviewId: next.body.reviewId };
    expect(second.reviewId).not.toBe(at.reviewId);
    expect(code(await nurse.decide(second.reviewId, approving(shown), sending))).toBe('422 IDEMPOTENCY_KEY_REUSED');
    await nurse.look(second.reviewId, 'I');
    expect(code(await decide(nurse, second, approving(shown)))).toBe('409 STALE_DRAFT');
    for (let again = 0; again < 3; again++)
      await chaos.temporal.signal(`triage:${at.caseId}`, 'decided', { decisionId: first!.body.decisionId });
    await chaos.carriedOut([at]);
    await undecided(second);
  });

  it('R3: an answer that names no gate, or the draft of another one, is refused', async () => {
    const [one, two] = [await looked({ vitals: { spo2: 88 } }), await looked({ vitals: { spo2: 78 } })];
    const body = approving(one.shown);
    for (const path of ['/api/reviews/decisions', `/api/triage/cases/${one.at.caseId}/decisions`])
      expect((await nurse.send(path, body, { version: 1 })).status).toBe(404);
    expect(code(await decide(nurse, two.at, body))).toBe('409 STALE_DRAFT');
    await undecided(one.at, two.at);
  });

  it('R4 R12: a redraft puts the reviewer’s note before the model and repeats nothing else', async () => {
    const { at } = await looked();
    const counts = async () =>
      (
        await chaos.site.sql(
          `select (select count(*)::int from review where case_id = $1) reviews,
             (select count(*)::int from outbox where workflow_id = 'triage:' || $1::text and kind = 'start') starts,
             (select count(*)::int from notice where case_id = $1) notices,
             (select count(*)::int from task where case_id = $1) tasks,
             (select count(*)::int from case_move where case_id = $1) moves`,
          [at.caseId],
        )
      )[0];
    const before = await counts();
    for (const round of [1, 2]) {
      const note = `R12-${at.reviewId}-${round}`;
      const answer = await nurse.send(`/api/reviews/${at.reviewId}/redrafts`, { notes: [{ text: note }] });
      expect(answer.status).toBe(201);
      const view = await eventually('redraft', async () => {
        const shown = await nurse.view(at.reviewId);
        return shown.draft?.version === round + 1 && shown;
      });
      const asked = chaos.site.model.requests.filter(({ body }) => body.includes(note));
      expect(asked.length).toBe(1);
      expect(view.draft!.content).toMatchObject({ unaddressedNotes: round === 1 ? [1] : [1, 2] });
      chaos.site.model.requests.splice(0);
    }
    expect(await counts()).toEqual(before);
    await undecided(at);
  });

  it('R6: a claim of what somebody else holds is refused, and names the holder', async () => {
    const at = await arrive();
    expect((await nurse.send(`/api/reviews/${at.reviewId}/claim`, {})).status).toBe(200);
    const holder = { holder: nurse.person.id, holderName: `${nurse.person.login} 姓名` };
    const claimed = await other.send<{ code: string }>(`/api/reviews/${at.reviewId}/claim`, {});
    expect([code(claimed), claimed.body]).toEqual(['409 CLAIM_HELD', expect.objectContaining(holder)]);
    const many = await other.send<{ results: object[] }>('/api/reviews/claims', { reviewIds: [at.reviewId] });
    expect(many.body.results).toMatchObject([{ outcome: 'refused', code: 'CLAIM_HELD', detail: holder }]);
    const decided = await decide(other, at, manual('II'));
    expect([code(decided), decided.body]).toEqual(['409 CLAIM_HELD', expect.objectContaining(holder)]);
    await undecided(at);
  });

  it('R7: GET and HEAD on every address that changes something change nothing', async () => {
    const { at } = await looked();
    const { body: description } = await nurse.get<{ paths: Record<string, Record<string, unknown>> }>(
      '/api/openapi.json',
    );
    const changing = Object.entries(description.paths).filter(
      ([path, methods]) => /^\/api\/(reviews|triage)/.test(path) && !('get' in methods),
    );
    expect(changing.length).toBeGreaterThan(8);
    const before = await chaos.site.sql('select * from review where id = $1', [at.reviewId]);
    for (const [path] of changing) {
      const address = path.replace('{id}', path.startsWith('/api/triage') ? at.caseId : at.reviewId);
      for (const method of ['GET', 'HEAD']) {
        const query = '?action=approve&draftVersion=1';
        const answer = await fetch(chaos.site.installation.addresses.api + address + query, { method });
        expect([address, method, [401, 404, 405].includes(answer.status)]).toEqual([address, method, true]);
      }
      expect((await nurse.get(address)).status).toBeGreaterThanOrEqual(400);
    }
    expect(await chaos.site.sql('select * from review where id = $1', [at.reviewId])).toEqual(before);
    await undecided(at);
  });

  it('R8 A-5: the first signer cannot be the second, by no way, and no machine decides', async () => {
    const at = await arrive();
    const first = await decide(charge, at, manual('III', { reasonCode: 'clinical-judgement' }));
    expect(first.body.state).toBe('awaiting-second');
    const { signatureId, contentSha256 } = first.body as unknown as { signatureId: string; contentSha256: string };
    const second = async (desk: Desk) => {
      const { version } = await desk.view(at.reviewId);
      const body = { signatureId, contentSha256, password: desk.person.password };
      return desk.send<{ code: string }>(`/api/reviews/${at.reviewId}/second-signatures`, body, { version });
    };
    expect(code(await second(charge))).toBe('403 SEPARATION_OF_DUTIES');
    expect(code(await second(nurse))).toBe('403 FORBIDDEN');
    expect(code(await charge.send(`/api/reviews/${at.reviewId}/claim`, {}))).toBe('403 SEPARATION_OF_DUTIES');
    const many = await charge.send<{ results: object[] }>('/api/reviews/claims', { reviewIds: [at.reviewId] });
    expect(many.body.results).toMatchObject([{ outcome: 'refused', code: 'SEPARATION_OF_DUTIES' }]);
    const boss = await chaos.somebody('charge_nurse');
    const given = await boss.send(`/api/reviews/${at.reviewId}/reassign`, { userId: charge.person.id });
    expect(code(given as never)).toBe('403 SEPARATION_OF_DUTIES');
    const guess = { action: 'approve', draftVersion: 1, draftSha256: 'a'.repeat(64) };
    for (const body of [manual('III'), guess]) expect(code(await decide(charge, at, body))).toBe('409 AWAITING_SECOND');
    expect(await asMachine(at)).toEqual(403);
    await undecided(at);
    const signed = chaos.told([(await second(boss)) as never]);
    expect(signed[0]).toMatchObject({ status: 201 });
    expect(await chaos.decisions([at])).toHaveLength(1);
  });

  /** The status a machine with every scope gets at the decision door. */
  const asMachine = async (at: AtDesk): Promise<number> => {
    const headers = await machineHeaders(chaos.site, scopes);
    const answer = await fetch(`${chaos.site.installation.addresses.api}/api/reviews/${at.reviewId}/decisions`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': randomUUID(), 'if-match': '"1"' },
      body: JSON.stringify(manual('II')),
    });
    return answer.status;
  };

  it('R9: a decision that differs needs a reason of the gate’s list, however it is made', async () => {
    const { at, shown } = await looked();
    const differing = [
      { ...approving(shown), action: 'amend', content: level('I') },
      manual('I'),
      manual('III'),
      { ...approving(shown), action: 'amend', content: level('IVa') },
    ];
    for (const body of differing) {
      expect(code(await decide(nurse, at, body))).toBe('422 REASON_REQUIRED');
      expect(code(await decide(nurse, at, { ...body, reasonCode: 'because' }))).toBe('422 REASON_UNKNOWN');
      expect(code(await decide(nurse, at, { ...body, reasonText: 'because' }))).toBe('422 REASON_REQUIRED');
    }
    await undecided(at);
  });

  it('R10 R11: what is not literally a decision is none, and numbers stay numbers', async () => {
    const { at, shown } = await looked();
    const odd: unknown[] = [
      'false',
      'true',
      true,
      null,
      [],
      {},
      { approve: 'false' },
      { action: 'Approve' },
      { action: 'approve ' },
      { ...approving(shown), action: true },
      { ...approving(shown), draftVersion: String(shown.draft!.version) },
      { ...approving(shown), approved: true },
      { action: 'manual' },
      manual('2'),
      { action: 'manual', content: { ...level('II'), level: 2 } },
      { action: 'manual', content: 'II' },
    ];
    for (const body of odd) {
      const answer = await nurse.send<{ code: string }>(`/api/reviews/${at.reviewId}/decisions`, body, {
        version: shown.version,
      });
      expect([body, answer.status]).toEqual([body, 400]);
    }
    const measuredAt = new Date().toISOString();
    for (const vitals of [{ spo2: '88' }, { temperature: '38.5' }, { spo2: true }, { spo2: '' }]) {
      const answer = await nurse.send(`/api/triage/cases/${at.caseId}/assessments`, {
        complaint: 'x',
        vitals,
        measuredAt,
      });
      expect([vitals, answer.status]).toEqual([vitals, 400]);
    }
    const [{ content }] = (await nurse.view(at.reviewId))['facts'] as [{ content: { vitals: object } }];
    expect(content.vitals).toEqual({ spo2: 88, pulse: 95 });
    await undecided(at);
  });

  it('R17: a claim ends with its review, decided or withdrawn', async () => {
    const [decided, left] = [await arrive(), await arrive()];
    for (const { reviewId } of [decided, left]) await nurse.send(`/api/reviews/${reviewId}/claim`, {});
    chaos.told([await decide(nurse, decided, manual('II'))]);
    const { body } = await nurse.get<{ version: number }>(`/api/triage/cases/${left.caseId}`);
    const moved = await nurse.send(
      `/api/triage/cases/${left.caseId}/moves`,
      { move: 'leave' },
      { version: body.version },
    );
    expect(moved.status).toBe(200);
    const ids = [decided.reviewId, left.reviewId];
    expect(
      await chaos.site.sql('select state, claimed_by, lease_expires_at from review where id = any($1) order by state', [
        ids,
      ]),
    ).toEqual([
      { state: 'decided', claimed_by: null, lease_expires_at: null },
      { state: 'withdrawn', claimed_by: null, lease_expires_at: null },
    ]);
  });

  it('R18: an error is known by its code in every language, and says nothing else that matters', async () => {
    const at = await arrive();
    const path = `/api/reviews/${at.reviewId}/decisions`;
    const refusedIn = async (language: string) => {
      const answer = await nurse.send<Record<string, string>>(path, manual('III'), {
        version: 1,
        headers: { 'accept-language': language },
      });
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      return answer.body;
    };
    const [zh, en] = [await refusedIn('zh-CN'), await refusedIn('en')];
    expect(zh.title).not.toBe(en.title);
    expect(zh.code).toBe(en.code);
    expect(Object.keys(errorCodes)).toContain(zh.code);
    await undecided(at);
  });
};
