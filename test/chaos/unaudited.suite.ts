import { type Desk, manual, registration } from '../support/installation-desk';
import { type Chaos } from '../support/installation-suite';

/** T-3 and R13: what cannot be audited does not happen, and shows nobody's data. */
export const unaudited = (chaos: Chaos): void => {
  let nurse: Desk;
  const audit = (may: 'grant' | 'revoke') =>
    chaos.site.sql(`${may} insert on audit ${may === 'grant' ? 'to' : 'from'} countersign_app`);

  beforeAll(async () => {
    nurse = await chaos.somebody('triage_nurse');
  });
  afterEach(() => audit('grant'));

  const tables = [
    'cases',
    'fact',
    'review',
    'review_event',
    'judgement',
    'signature',
    'decision',
    'case_move',
    'outbox',
  ];
  const state = async (): Promise<unknown> => {
    const counts = tables.map((table) => `(select count(*)::int from ${table}) ${table}`);
    const versions = `(select json_agg(json_build_array(id, state, version, claimed_by) order by id) from review) reviews`;
    const cases = `(select json_agg(json_build_array(id, state, version) order by id) from cases) states`;
    return (await chaos.site.sql(`select ${[...counts, versions, cases].join(', ')}`))[0];
  };

  it('T-3 R13: while the audit cannot be written nothing changes, no patient is shown, and all of it works again after', async () => {
    const patients = await chaos.arrive(nurse, 2);
    await chaos.drafted(patients);
    const [{ caseId, reviewId }] = patients as [(typeof patients)[0]];
    const { version } = await nurse.look(reviewId);
    const { body: shown } = await nurse.get<{ version: number }>(`/api/triage/cases/${caseId}`);
    const before = await state();
    await audit('revoke');

    const review = `/api/reviews/${reviewId}`;
    const triage = `/api/triage/cases/${caseId}`;
    const measuredAt = new Date().toISOString();
    const change = (path: string, body: unknown = {}, of = version) =>
      nurse.send<{ code: string }>(path, body, { version: of });
    const changes = await Promise.all([
      change('/api/triage/cases', registration(chaos.site)),
      change('/api/triage/resus', { wardId: chaos.site.ward }),
      change(`${triage}/assessments`, { complaint: '更痛', vitals: { spo2: 80 }, measuredAt }),
      change(`${triage}/moves`, { move: 'leave' }, shown.version),
      change(`${review}/decisions`, manual('II')),
      change(`${review}/claim`),
      change(`${review}/redrafts`, { notes: [{ text: '再看' }] }),
      change(`${review}/judgements`, { content: { level: 'I' } }),
    ]);
    const reads = await Promise.all(
      ['/api/triage/queue', triage, review, '/api/reviews'].map((path) => nurse.get<{ code: string }>(path)),
    );
    for (const { status, body } of [...changes.slice(0, -1), ...reads])
      expect([status, body.code]).toEqual([503, 'AUDIT_UNAVAILABLE']);
    // Judged before: refused for that reason, which changes nothing either.
    expect([409, 503]).toContain(changes.at(-1)!.status);
    expect(reads.map(({ body }) => JSON.stringify(body)).join()).not.toContain('李明');
    expect(await state()).toEqual(before);

    await audit('grant');
    const [after] = chaos.told([await nurse.decide(reviewId, manual('II'), { version })]);
    expect(after!.status).toBe(201);
    expect((await nurse.get('/api/triage/queue')).status).toBe(200);
  });
};
