import { type UserPrincipal } from '#libs/auth/principal';
import { insertFact } from '#libs/db/stores/fact.store';
import { insertRulePacks } from '#libs/db/stores/rule-pack.store';
import { referenceSets } from '#libs/packs/reference-packs';
import { done, startLedger, type Ledger } from '../../../../test/support/ledger-fixture';
import { calm, openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';
import { dryRunRulePacks } from './rule-pack-dry-run';
import { type DryRunAnswer, dryRunSchema } from './rule-packs.schema';

describe('a dry run of rule packs', () => {
  let ledger: Ledger;
  let triage: TriageDesk;
  let lead: UserPrincipal;
  let nurse: UserPrincipal;
  let id: string;
  const arrived: string[] = [];

  beforeAll(async () => {
    ledger = await startLedger();
    triage = openTriage(ledger);
    lead = await ledger.person(['clinical_lead'], { ward: null });
    nurse = await ledger.person(['triage_nurse']);
    for (let at = 0; at < 120; at += 1)
      arrived.push((await triage.arrive(nurse, { vitals: { ...calm, pulse: at % 2 === 0 ? 145 : 70 } })).caseId);
    const content = referenceSets['cn-his-mews'];
    ({ id } = await ledger.inTransaction(lead, (tx) => insertRulePacks(tx, { content, note: 'x', restores: null })));
  }, 60_000);
  afterAll(() => ledger?.stop());

  const run = (body: object = {}, as: UserPrincipal = lead): Promise<DryRunAnswer> =>
    done(ledger.inTransaction(as, dryRunRulePacks(id, dryRunSchema.parse(body))));

  it('reads every case once, however many batches that takes', async () => {
    const answer = await run();
    expect(answer).toMatchObject({ cases: 120, assessments: 120, changedCases: 60, unreadable: 0, moreChanged: 0 });
    expect(answer.floor).toEqual({ same: 60, moreUrgent: 60, lessUrgent: 0 });
    expect(new Set(answer.changed.map(({ caseId }) => caseId))).toEqual(
      new Set(arrived.filter((_, at) => at % 2 === 0)),
    );
  });

  it('takes the newest cases up to the limit, and those of the time that was asked for', async () => {
    const newest = await run({ limit: 101 });
    expect(newest).toMatchObject({ cases: 101, changedCases: 50 });
    expect(newest.changed.map(({ caseId }) => caseId)).not.toContain(arrived[0]);
    const year = { from: '2020-01-01T00:00:00Z', to: '2021-01-01T00:00:00Z' };
    expect(await run(year)).toMatchObject({ ...expectPeriod(year), cases: 0, assessments: 0, changed: [] });
    expect(dryRunSchema.safeParse({ from: year.to, to: year.from }).success).toBe(false);
  });

  const expectPeriod = ({ from, to }: { from: string; to: string }) => ({
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });

  it('reads the cases of a person’s own wards only', async () => {
    const elsewhere = await ledger.person(['clinical_lead'], { ward: ledger.otherWard });
    expect(await run({}, elsewhere)).toMatchObject({ cases: 0, assessments: 0, changed: [] });
  });

  it('writes nothing but its audit rows', async () => {
    const counts = () => ledger.sql('select (select count(*) from fact) f, (select count(*) from review) r');
    const before = await counts();
    const [first] = await ledger.sql<{ n: number }>('select count(*)::int n from audit');
    await run();
    expect(await counts()).toEqual(before);
    const [then] = await ledger.sql<{ n: number }>('select count(*)::int n from audit');
    expect(then!.n - first!.n).toBe(2);
  });

  it('counts every assessment of a case, and those apart that this release cannot read', async () => {
    const caseId = arrived[1]!;
    await done(triage.assess(nurse, caseId, { vitals: { ...calm, pulse: 150 } }));
    await ledger.inTransaction(nurse, (tx) =>
      insertFact(tx, {
        caseId,
        kind: 'assessment',
        source: 'person',
        content: { complaint: '', vitals: { heartRate: 70 } },
        vitals: {},
        effectiveAt: new Date(),
      }),
    );
    expect(await run()).toMatchObject({ cases: 120, assessments: 121, unreadable: 1, changedCases: 60 });
  });
});
