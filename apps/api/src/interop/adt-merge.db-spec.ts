import { type UserPrincipal } from '#libs/auth/principal';
import { PatientEntity } from '#libs/db/entities/patient.entity';
import { detailsBeforeMerge } from '#libs/db/stores/patient.store';
import { type Feed, freshArrival, openFeed } from '../../../../test/support/hl7-feed';
import { done, type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { openTriage, type TriageDesk } from '../../../../test/support/triage-fixture';

describe('a merge by ADT^A40', () => {
  let ledger: Ledger;
  let feed: Feed;
  let triage: TriageDesk;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    feed = openFeed(ledger, await ledger.service(['hl7v2:write']));
    triage = openTriage(ledger);
    nurse = await ledger.person(['triage_nurse']);
  });

  afterAll(() => ledger?.stop());

  type Fields = Readonly<Record<string, string>>;

  const arrive = async (fields: Fields): Promise<string> => {
    expect((await feed.send('A04', fields)).code).toBe('AA');
    return (await feed.stored('case_id is not null')).at(-1)!.case_id!;
  };
  const merge = async (survivor: Fields, retired: Fields, more: Fields = {}) => {
    const ack = await feed.send('A40', { 'PID-3': survivor['PID-3']!, 'MRG-1': retired['PID-3']!, ...more });
    expect([ack.code, ack.errors]).toEqual(['AA', []]);
    return (await feed.stored()).at(-1)!;
  };
  const nameOf = async (caseId: string): Promise<string> => (await feed.patientOf(caseId)).name;
  const count = async (table: string): Promise<number> =>
    (await ledger.sql<{ n: number }>(`select count(*)::int n from ${table}`))[0]!.n;
  const two = () => [freshArrival().fields, freshArrival().fields] as const;

  it('makes the retired numbers name the survivor, keeps the cases apart, and tells the workflow', async () => {
    const [stays, goes] = two();
    const first = await arrive({ ...stays, 'PID-5': '留^下' });
    const second = await arrive({ ...goes, 'PID-5': '并^入' });
    expect(await merge(stays, goes)).toMatchObject({ event: 'A40', outcome: 'applied', case_id: second });
    expect([await nameOf(first), await nameOf(second)]).toEqual(['留下', '留下']);
    expect((await triage.woken(second)).at(-1)).toBe('changed');
    expect((await triage.told(second)).map(({ action }) => action)).toContain('patient.merge');
    // The visit keeps the patient it was opened for; only reading goes on to the survivor.
    const rows = await ledger.sql<{ patient_id: string }>('select patient_id from cases where id in ($1, $2)', [
      first,
      second,
    ]);
    expect(new Set(rows.map(({ patient_id: id }) => id)).size).toBe(2);
    const [told] = await ledger.sql<{ audience: string }>('select audience from notice where case_id = $1', [second]);
    expect(told).toEqual({ audience: 'charge_nurse' });
  });

  it('keeps what was known before', async () => {
    const [stays, goes] = two();
    await arrive(stays);
    const of = await triage.caseNow(await arrive({ ...goes, 'PID-5': '前^身' }));
    await merge(stays, goes);
    const row = await ledger.owner.manager.findOneByOrFail(PatientEntity, { id: of.patientId });
    const before = await ledger.inTransaction(ledger.worker, (tx) => Promise.resolve(detailsBeforeMerge(tx, row)));
    expect(before).toMatchObject({ name: '前身', sex: 'male', birthDate: '1990-03-07' });
    expect(row.beforeMergeCt!.includes(Buffer.from('前身'))).toBe(false);
  });

  it('lets later messages under the retired number reach the survivor', async () => {
    const [stays, goes] = two();
    await arrive(stays);
    const second = await arrive(goes);
    await merge(stays, goes);
    expect((await feed.send('A08', { ...goes, 'PID-5': '改^名' })).code).toBe('AA');
    expect(await nameOf(second)).toBe('改名');
    const patients = await count('patient');
    await arrive({ ...freshArrival().fields, 'PID-3': goes['PID-3']! });
    expect(await count('patient')).toBe(patients);
  });

  it('gives a number that names nobody yet to the patient whom the other one names, and creates nobody', async () => {
    const [stays, goes] = two();
    const first = await arrive(stays);
    const patients = await count('patient');
    await merge(stays, goes);
    const second = await arrive(goes);
    expect((await triage.caseNow(second)).patientId).toBe((await triage.caseNow(first)).patientId);
    const [newer, known] = two();
    const third = await arrive(known);
    await merge(newer, known);
    const fourth = await arrive(newer);
    expect((await triage.caseNow(fourth)).patientId).toBe((await triage.caseNow(third)).patientId);
    expect(await count('patient')).toBe(patients + 1);
  });

  it('has no effect on patients whom nobody knows, nor twice', async () => {
    const [stays, goes] = two();
    expect(await merge(stays, goes)).toMatchObject({ outcome: 'ignored', reason: 'patient-unknown' });
    await arrive(stays);
    await arrive(goes);
    await merge(stays, goes);
    expect(await merge(stays, goes)).toMatchObject({ outcome: 'ignored', reason: 'already-merged' });
    expect(await merge(goes, stays)).toMatchObject({ outcome: 'ignored', reason: 'already-merged' });
  });

  it('runs the rules again where the survivor is of another age', async () => {
    const [stays, goes] = two();
    await arrive({ ...stays, 'PID-7': '19400101' });
    const second = await arrive({ ...goes, 'PID-7': '19900101' });
    await done(triage.assess(nurse, second));
    await merge(stays, goes);
    expect((await triage.told(second)).map(({ action }) => action)).toContain('triage.patient-facts');
  });

  it('and its opposite at the same moment link the two once', async () => {
    const [one, other] = two();
    await arrive(one);
    await arrive(other);
    await Promise.all([merge(one, other), merge(other, one)]);
    const linked = await ledger.sql(
      'select from patient p join patient q on q.id = p.merged_into where q.merged_into = p.id',
    );
    expect(linked).toEqual([]);
    const rows = (await feed.stored(`event = 'A40'`)).slice(-2).map(({ outcome }) => outcome);
    expect(rows.toSorted()).toEqual(['applied', 'ignored']);
  });
});
