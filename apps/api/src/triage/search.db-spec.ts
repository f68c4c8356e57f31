import { type UserPrincipal } from '#libs/auth/principal';
import { done, type Ledger, refused, startLedger, within } from '../../../../test/support/ledger-fixture';
import { calm, freshDesk, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { searchCases } from './search';
import { searchSchema } from './search.schema';

describe('the search at the desk', () => {
  let whole: Ledger;
  let ledger: Ledger;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    whole = await startLedger();
  });

  beforeEach(async () => {
    ({ desk: ledger, nurse } = await freshDesk(whole));
    triage = openTriage(ledger);
  });

  afterAll(() => whole?.stop());

  const ask = (body: object, { as = nurse, most = 1000 } = {}) =>
    within(ledger, as)((tx) => searchCases(tx, searchSchema.parse(body), most));
  const found = async (q: string, as = nurse) => (await done(ask({ q }, { as }))).items;
  const names = async (q: string, as?: UserPrincipal) => (await found(q, as)).map(({ patient }) => patient.name);
  const arrive = async (name: string, body: Readonly<Record<string, unknown>> = {}) => {
    const { patient, ...more } = body;
    const given = { name, sex: 'female', birthDate: '1980-01-01', ...(patient as object) };
    return done(triage.register(nurse, { patient: given, ...more }));
  };
  const complaining = (complaint: string) => ({
    assessment: { complaint, vitals: calm, measuredAt: new Date().toISOString() },
  });

  it('finds by name, initials and pinyin, surnames as surnames are read', async () => {
    for (const name of ['单雄信', '曾国藩', '仇英', '解缙', '张三丰', 'Anna Müller']) await arrive(name);
    for (const [q, name, kind] of [
      ['sxx', '单雄信', 'name-initials'],
      ['zgf', '曾国藩', 'name-initials'],
      ['qiuying', '仇英', 'name-pinyin'],
      ['xiejin', '解缙', 'name-pinyin'],
      ['张s', '张三丰', 'name-initials'],
      ['三丰', '张三丰', 'name'],
      ['MULLER', 'Anna Müller', 'name'],
    ] as const) {
      const [first, ...others] = await found(q);
      expect([q, first?.patient.name, first?.matched, others]).toEqual([q, name, [kind], []]);
    }
    expect(await names('zsx')).toEqual([]);
  });

  it('shows what the desk works with', async () => {
    const { caseId, ticketNo } = await arrive('欧阳修', complaining('胸闷气促\n第二行'));
    const [one] = await found('oyx');
    expect(one).toMatchObject({
      caseId,
      ticketNo,
      wardId: ledger.ward,
      state: 'assessing',
      room: null,
      patient: { name: '欧阳修', sex: 'female', unidentified: false, age: { zh: expect.stringMatching(/岁$/) } },
      complaint: '胸闷气促',
      matched: ['name-initials'],
    });
  });

  it('finds by complaint, the latest that was given', async () => {
    const { caseId } = await arrive('甲乙', complaining('胸痛两小时'));
    await arrive('丙丁', complaining('腹痛一天'));
    expect((await found('xt')).map(({ matched }) => matched)).toEqual([['complaint-initials']]);
    expect(await names('xiongtong')).toEqual(['甲乙']);
    expect(await names('腹痛')).toEqual(['丙丁']);
    await done(triage.assess(nurse, caseId, { complaint: '头晕' }));
    expect(await names('胸痛')).toEqual([]);
    expect(await names('touyun')).toEqual(['甲乙']);
  });

  it('finds by ticket before anything else', async () => {
    const { ticketNo } = await arrive('甲乙');
    await arrive('丙丁', complaining(`发热${ticketNo}天`));
    for (const q of [`${ticketNo}`, `#${ticketNo}`, `${ticketNo}号`, `Ｎo.${ticketNo}`])
      expect([q, (await found(q))[0]]).toEqual([
        q,
        expect.objectContaining({ ticketNo, matched: expect.arrayContaining(['ticket']) }),
      ]);
    expect(await found('99999')).toEqual([]);
  });

  it('finds by whole numbers of the patient or the visit, never by parts', async () => {
    const identifiers = [{ authority: 'national-id', type: 'NI', value: '11010519491231002X' }];
    await arrive('甲乙', { patient: { identifiers }, visitNumber: 'V-2026-0007' });
    await arrive('丙丁', { patient: { identifiers: [{ authority: 'hospital', type: 'MR', value: '00778899' }] } });
    expect((await found('110105 19491231 002x')).map(({ matched }) => matched)).toEqual([['identifier']]);
    expect(await names('00778899')).toEqual(['丙丁']);
    expect((await found('v20260007')).map(({ matched }) => matched)).toEqual([['visit-number']]);
    expect(await names('110105')).toEqual([]);
    expect(await names('778899')).toEqual([]);
  });

  it('finds nobody who has gone', async () => {
    const { caseId } = await arrive('曹操', complaining('头痛'));
    expect(await names('cc')).toEqual(['曹操']);
    await done(triage.move(nurse, caseId, { move: 'leave' }));
    expect([await names('cc'), await names('曹操'), await names('tt')]).toEqual([[], [], []]);
  });

  it('finds nobody of another ward', async () => {
    await arrive('司马懿', { patient: { identifiers: [{ authority: 'h', type: 'MR', value: 'MR445566' }] } });
    const elsewhere = await ledger.person(['triage_nurse'], { ward: ledger.otherWard });
    expect([await names('smy', elsewhere), await names('MR445566', elsewhere)]).toEqual([[], []]);
    expect((await refused(ask({ q: 'smy', wardId: ledger.ward }, { as: elsewhere }))).code).toBe('NOT_FOUND');
    const both: UserPrincipal = { ...elsewhere, grants: [...elsewhere.grants, { role: 'auditor', wardId: null }] };
    expect(await names('smy', both)).toEqual([]);
    const coder = await ledger.person(['coder'], { ward: ledger.ward });
    expect((await refused(ask({ q: 'smy' }, { as: coder }))).code).toBe('FORBIDDEN');
    expect(await names('smy')).toEqual(['司马懿']);
  });

  it('puts names before complaints, beginnings first, and one letter to names only', async () => {
    await arrive('王小明', complaining('胸闷'));
    await arrive('夏明', complaining('腹痛'));
    await arrive('李四', complaining('心慌'));
    expect(await names('xm')).toEqual(['夏明', '王小明']);
    expect((await found('x')).map(({ patient }) => patient.name)).toEqual(['夏明']);
    expect(await names('xh')).toEqual(['李四']);
  });

  it('opens no more than one request may, and says so', async () => {
    for (const name of ['赵一', '赵二', '赵三']) await arrive(name);
    const { items, ...counts } = await done(ask({ q: 'z', limit: 1 }, { most: 2 }));
    expect(counts).toEqual({ found: 2, searched: 2, truncated: true });
    expect(items.map(({ patient }) => patient.name)).toEqual(['赵三']);
  });

  it('is audited with whom it shows and without what was typed, and shows nothing when it cannot be', async () => {
    const { caseId } = await arrive('诸葛亮');
    await arrive('别人');
    await found('诸葛');
    const rows = await ledger.sql<{ case_ids: string[]; outcome: string; text: string }>(
      `select case_ids, outcome, audit::text text from audit where action = 'triage-search.shown' and actor_id = $1`,
      [nurse.id],
    );
    expect(rows).toEqual([expect.objectContaining({ case_ids: [caseId], outcome: 'shown' })]);
    expect(rows[0]!.text).not.toMatch(/诸葛/);
    await ledger.sql('revoke insert on audit from countersign_app');
    try {
      await expect(ask({ q: '诸葛' })).rejects.toMatchObject({ code: 'AUDIT_UNAVAILABLE' });
    } finally {
      await ledger.sql('grant insert on audit to countersign_app');
    }
  });
});
