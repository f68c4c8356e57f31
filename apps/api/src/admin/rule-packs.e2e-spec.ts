import { type NestExpressApplication } from '@nestjs/platform-express';
import { type Role } from '#libs/auth/roles';
import { referenceSets } from '#libs/packs/reference-packs';
import { v7 as uuidv7 } from 'uuid';
import { startTestPostgres, type TestPostgres } from '../../../../test/support/embedded';
import { migrateTestDatabase, sqlAs, startTestApi, testApiConfig } from '../../../../test/support/test-api';
import { makeHospital, type TestHospital } from '../../../../test/support/test-people';
import { plantSession, type TestSession } from '../../../../test/support/test-session';
import { dryRunAnswer, rulePackListSchema, rulePacksSchema, type RulePacksView } from './rule-packs.schema';

const path = '/api/admin/rule-packs';
const mewsSet = referenceSets['cn-his-mews'];

describe('rule packs of a hospital over HTTP', () => {
  let postgres: TestPostgres;
  let app: NestExpressApplication;
  let url: string;
  let hospital: TestHospital;
  let system: TestSession;
  let lead: TestSession;
  let otherLead: TestSession;
  let wardLead: TestSession;
  let nurse: TestSession;

  const signIn = async (login: string, role: Role, ward: string | null = null): Promise<TestSession> =>
    plantSession(url, postgres.migrationUrl, (await hospital.person(login, [[role, ward]])).id);

  beforeAll(async () => {
    postgres = await startTestPostgres();
    await migrateTestDatabase(postgres.migrationUrl);
    hospital = await makeHospital(postgres.migrationUrl);
    ({ app, url } = await startTestApi(testApiConfig(postgres.url)));
    system = await signIn('system', 'system_admin');
    lead = await signIn('lead', 'clinical_lead');
    otherLead = await signIn('other-lead', 'clinical_lead');
    wardLead = await signIn('ward-lead', 'clinical_lead', hospital.wards[0]);
    nurse = await signIn('nurse', 'triage_nurse', hospital.wards[0]);
  });

  afterAll(async () => {
    await app?.close();
    await postgres?.stop();
  });

  const post = (session: TestSession, at: string, body: object) =>
    session.post(at).set('idempotency-key', uuidv7()).send(body);
  const edit = async (session: TestSession, content: object = mewsSet): Promise<RulePacksView> =>
    rulePacksSchema.parse((await post(session, path, { note: '改用 MEWS', content }).expect(201)).body);
  const list = async () => rulePackListSchema.parse((await system.get(path).expect(200)).body);
  const approval = async (session: TestSession, { id, sha256 }: RulePacksView, body: object = {}) =>
    post(session, `${path}/${id}/approvals`, { sha256, ...body }).set('if-match', `"${(await list()).version}"`);
  const approved = async (session: TestSession, draft: RulePacksView): Promise<RulePacksView> =>
    rulePacksSchema.parse((await approval(session, draft)).body);
  const codeOf = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
  const arrive = async (vitals: object): Promise<{ caseId: string; floor: string; packs: { version: string }[] }> => {
    const assessment = { complaint: '心悸', vitals, measuredAt: new Date().toISOString() };
    const patient = { name: '令狐冲', sex: 'male', birthDate: '1980-05-05' };
    const { body } = await post(nurse, '/api/triage/cases', { wardId: hospital.wards[0], patient, assessment }).expect(
      201,
    );
    const { floor, evaluation } = body.assessment as { floor: string; evaluation: { packs: { version: string }[] } };
    return { caseId: body.caseId as string, floor, packs: evaluation.packs };
  };
  const actions = async (): Promise<string[]> =>
    (
      await sqlAs<{ action: string }>(
        postgres.migrationUrl,
        `select action from audit where action like 'rule-pack%' order by at, id`,
      )
    ).map(({ action }) => action);

  it('begin with what ships with the product, for whoever administers or leads', async () => {
    const { version, inForce, references, items } = await list();
    expect([version, items, references]).toEqual([0, [], ['cn-consensus-2018', 'cn-his-mews']]);
    expect(inForce).toContainEqual({ id: 'cn-consensus-2018', version: '1.0.0', approvedBy: null });
    const { body } = await lead.get(`${path}/references/cn-his-mews`).expect(200);
    expect(body).toEqual({ name: 'cn-his-mews', content: mewsSet });
    await lead.get(`${path}/references/other`).expect(400);
    expect(codeOf(await nurse.get(path))).toEqual([403, 'FORBIDDEN']);
    expect(codeOf(await post(nurse, path, { note: 'x', content: mewsSet }))).toEqual([403, 'FORBIDDEN']);
  });

  it('name the path of what is wrong with an edit, and store nothing of it', async () => {
    const [children, youths, adults] = mewsSet.ageGroups;
    const broken = (content: object) => post(system, path, { note: 'x', content }).expect(400);
    const paths = async (content: object) => ((await broken(content)).body as { paths: string[] }).paths;
    expect(await paths({ ...mewsSet, ageGroups: [children, adults] })).toEqual(['content.ageGroups']);
    expect(await paths({ ...mewsSet, scores: mewsSet.scores.slice(0, 1) })).toEqual([
      'content.ageGroups.1.pack.scoreRules.0.score',
      'content.ageGroups.1.pack.scoreRules.1.score',
      'content.ageGroups.2.pack.scoreRules.0.score',
      'content.ageGroups.2.pack.scoreRules.1.score',
    ]);
    const rules = [{ ...adults!.pack.rules[0], bands: [{ from: 50, to: 40, level: 'I' }] }];
    expect(
      await paths({ ...mewsSet, ageGroups: [children, youths, { ...adults, pack: { ...adults!.pack, rules } }] }),
    ).toContain('content.ageGroups.2.pack.rules.0.bands.0');
    expect((await list()).items).toEqual([]);
  });

  it('are tried on past cases, approved by another lead, in force at once, named, and rolled back', async () => {
    const before = await arrive({ pulse: 145 });
    expect(before).toMatchObject({ floor: 'III' });
    await arrive({ pulse: 70 });
    const draft = await edit(system);
    expect(draft).toMatchObject({ number: 1, state: 'draft', content: mewsSet, restores: null });

    const { body } = await lead.post(`${path}/${draft.id}/dry-runs`).send({}).expect(200);
    const change = { from: 'III', to: 'II' };
    expect(dryRunAnswer.parse(body)).toMatchObject({
      cases: 2,
      assessments: 2,
      unreadable: 0,
      changedCases: 1,
      floor: { same: 1, moreUrgent: 1, lessUrgent: 0 },
      floorMoves: [{ ...change, count: 1 }],
      changed: [{ caseId: before.caseId, floor: change, proposed: change }],
      moreChanged: 0,
    });
    expect((await arrive({ pulse: 145 })).floor).toBe('III');

    const answer = await approval(lead, draft);
    expect([answer.status, answer.body.state, answer.headers['etag']]).toEqual([201, 'active', '"2"']);
    const after = await arrive({ pulse: 145 });
    expect(after.floor).toBe('II');
    expect([...new Set(after.packs.map(({ version }) => version))]).toEqual(['v1']);
    const { inForce } = await list();
    expect(inForce).toContainEqual({ id: 'cn-his-mews', version: 'v1', approvedBy: 'lead 姓名' });
    // Two ages share a table; it is named once.
    expect(new Set(inForce.map(({ id }) => id)).size).toBe(inForce.length);

    const second = await approved(lead, await edit(otherLead, referenceSets['cn-consensus-2018']));
    expect(second).toMatchObject({ number: 2, state: 'active' });
    expect((await arrive({ pulse: 145 })).floor).toBe('III');
    const back = await post(lead, `${path}/${draft.id}/rollbacks`, { note: '恢复' }).expect(201);
    const third = rulePacksSchema.parse(back.body);
    expect(third).toMatchObject({ number: 3, restores: 1, state: 'draft', sha256: draft.sha256 });
    expect((await arrive({ pulse: 145 })).floor).toBe('III');
    await approved(otherLead, third);
    expect((await arrive({ pulse: 145 })).floor).toBe('II');
    expect((await list()).items.map(({ number, state }) => [number, state])).toEqual([
      [3, 'active'],
      [2, 'superseded'],
      [1, 'superseded'],
    ]);
    expect(await actions()).toEqual([
      'rule-packs.edit',
      'rule-packs.dry-run',
      'rule-pack-dry-run.shown',
      'rule-packs.approve',
      'rule-packs.edit',
      'rule-packs.approve',
      'rule-packs.roll-back',
      'rule-packs.approve',
    ]);
    const [shown] = await sqlAs<{ case_ids: string[] }>(
      postgres.migrationUrl,
      `select case_ids from audit where action = 'rule-pack-dry-run.shown'`,
    );
    expect(shown?.case_ids).toEqual([before.caseId]);
  });

  describe('are not approved', () => {
    let draft: RulePacksView;
    beforeAll(async () => {
      draft = await edit(lead);
    });
    afterEach(async () => {
      expect((await lead.get(`${path}/${draft.id}`).expect(200)).body.state).toBe('draft');
    });

    it('by their editor, by whoever leads one ward only, or by an administrator', async () => {
      expect(codeOf(await approval(lead, draft))).toEqual([403, 'SEPARATION_OF_DUTIES']);
      expect(codeOf(await approval(wardLead, draft))).toEqual([403, 'FORBIDDEN']);
      expect(codeOf(await approval(system, draft))).toEqual([403, 'FORBIDDEN']);
    });

    it('without what was shown: the revision and the digest', async () => {
      const at = `${path}/${draft.id}/approvals`;
      const { sha256 } = draft;
      expect(codeOf(await post(otherLead, at, { sha256 }))).toEqual([428, 'VERSION_REQUIRED']);
      expect(codeOf(await post(otherLead, at, { sha256 }).set('if-match', '"1"'))).toEqual([412, 'VERSION_MISMATCH']);
      expect(codeOf(await approval(otherLead, { ...draft, sha256: 'a'.repeat(64) }))).toEqual([409, 'CONFLICT']);
    });

    it('for a time that is over', async () => {
      const effectiveFrom = new Date(Date.now() - 60_000).toISOString();
      const answer = await approval(otherLead, draft, { effectiveFrom });
      expect([...codeOf(answer), answer.body.paths]).toEqual([400, 'VALIDATION_FAILED', ['effectiveFrom']]);
    });
  });

  it('are approved once, for a time to come if one likes', async () => {
    const draft = await edit(system);
    const effectiveFrom = new Date(Date.now() + 3_600_000).toISOString();
    const answer = await approval(lead, draft, { effectiveFrom });
    expect([answer.status, answer.body.state, answer.body.effectiveFrom]).toEqual([201, 'scheduled', effectiveFrom]);
    expect(codeOf(await approval(otherLead, draft))).toEqual([409, 'CONFLICT']);
  });

  it('are not restored before anybody approved them, and unknown ones are not found', async () => {
    const draft = await edit(system);
    expect(codeOf(await post(lead, `${path}/${draft.id}/rollbacks`, { note: 'x' }))).toEqual([409, 'CONFLICT']);
    const unknown = `${path}/${uuidv7()}`;
    expect(codeOf(await lead.get(unknown))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await lead.post(`${unknown}/dry-runs`).send({}))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await post(lead, `${unknown}/rollbacks`, { note: 'x' }))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await approval(lead, { ...draft, id: uuidv7() }))).toEqual([404, 'NOT_FOUND']);
  });

  it('are listed page by page', async () => {
    const [first] = (await list()).items;
    const { body } = await system.get(`${path}?limit=1`).expect(200);
    const page = rulePackListSchema.parse(body);
    expect(page.items).toEqual([first]);
    const next = rulePackListSchema.parse((await system.get(`${path}?limit=1&cursor=${page.next}`).expect(200)).body);
    expect(next.items[0]?.number).toBe((first?.number ?? 0) - 1);
  });

  it('of another hospital are not there', async () => {
    const elsewhere = await makeHospital(postgres.migrationUrl, '另一家医院');
    const stranger = await elsewhere.person('stranger', [['clinical_lead', null]]);
    const session = await plantSession(url, postgres.migrationUrl, stranger.id);
    const theirs = rulePackListSchema.parse((await session.get(path).expect(200)).body);
    expect([theirs.version, theirs.items]).toEqual([0, []]);
    const [ours] = (await list()).items;
    expect(codeOf(await session.get(`${path}/${ours?.id}`))).toEqual([404, 'NOT_FOUND']);
    expect(codeOf(await session.post(`${path}/${ours?.id}/dry-runs`).send({}))).toEqual([404, 'NOT_FOUND']);
  });
});
