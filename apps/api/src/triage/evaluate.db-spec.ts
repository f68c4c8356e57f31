import { type UserPrincipal } from '#libs/auth/principal';
import { approveRulePacks, insertRulePacks, lockRulePacks } from '#libs/db/stores/rule-pack.store';
import { forgetPacks } from '#libs/db/stores/packs-in-force.store';
import { referenceSets } from '#libs/packs/reference-packs';
import { type TriageInput, triageInputSchema } from '#libs/processes/triage/triage.assessment';
import { type TriageEvaluation } from '#libs/processes/triage/triage.rules';
import { type Ledger, startLedger } from '../../../../test/support/ledger-fixture';
import { calm, openTriage } from '../../../../test/support/triage-fixture';
import { evaluateUnsent } from './evaluate';
import { evaluationAnswerSchema } from './evaluate.schema';

const input = (assessment: object = {}, patient: object = { ageDays: 20_000 }): TriageInput =>
  triageInputSchema.parse({
    assessment: { complaint: '腹痛一天', vitals: calm, measuredAt: new Date().toISOString(), ...assessment },
    patient: { sex: 'male', ageEstimated: false, ...patient },
  });

describe('an evaluation of what is not sent yet', () => {
  let ledger: Ledger;
  let nurse: UserPrincipal;

  beforeAll(async () => {
    ledger = await startLedger();
    nurse = await ledger.person(['triage_nurse']);
  });
  afterAll(() => ledger?.stop());

  const evaluate = async (given: TriageInput) => {
    const answer = await ledger.inTransaction(nurse, (tx) => evaluateUnsent(tx, given));
    const { evaluation, ...rest } = evaluationAnswerSchema.parse(answer);
    return { ...rest, evaluation: evaluation as unknown as TriageEvaluation };
  };
  const approveMews = async (): Promise<void> => {
    const [editor, lead] = [
      await ledger.person(['clinical_lead'], { ward: null }),
      await ledger.person(['clinical_lead'], { ward: null }),
    ];
    const { id } = await ledger.inTransaction(editor, async (tx) => {
      await lockRulePacks(tx);
      return insertRulePacks(tx, { content: referenceSets['cn-his-mews'], note: '按 MEWS 分诊', restores: null });
    });
    await ledger.inTransaction(lead, async (tx) => {
      await lockRulePacks(tx);
      await approveRulePacks(tx, { id, effectiveFrom: null });
      forgetPacks(tx);
    });
  };

  it('says what a registration of the same would be told', async () => {
    const vitals = { ...calm, spo2: 88 };
    const { evaluation } = await evaluate(input({ vitals }, { ageDays: 20_000 }));
    const { assessment } = await openTriage(ledger).arrive(nurse, { vitals });
    expect(evaluation.floor).toBe('II');
    expect(evaluation.floor).toBe(assessment!.floor);
    expect(evaluation.fired.map(({ ruleId }) => ruleId)).toEqual(
      assessment!.evaluation.fired.map(({ ruleId }) => ruleId),
    );
  });

  it('names what is missing, and reads nothing measured as nothing', async () => {
    const { evaluation, questions } = await evaluate(input({ vitals: {}, complaint: '' }, {}));
    expect(evaluation).toMatchObject({ floor: null, provisional: true });
    expect(evaluation.missing).toContain('age');
    expect(questions.map(({ id }) => id)).toContain('missing/complaint');
  });

  it('takes a child by the child’s table', async () => {
    const vitals = { pulse: 170 };
    expect((await evaluate(input({ vitals }, { ageDays: 1000 }))).evaluation.floor).toBe('I');
    expect((await evaluate(input({ vitals }, { ageDays: 100 }))).evaluation.floor).toBe('IV');
  });

  it('screens for infections', async () => {
    const { infection } = await evaluate(input({ flags: { diarrhoea: true }, vitals: { ...calm, temperature: 38.2 } }));
    expect(infection.precautions.filter(({ holds }) => holds).map(({ id }) => id)).toEqual([
      'fever-clinic',
      'enteric-isolation',
    ]);
  });

  it('stores nothing and wakes nobody', async () => {
    const counted = () =>
      ledger.sql(
        `select (select count(*) from patient)::int patients, (select count(*) from fact)::int facts,
                (select count(*) from outbox)::int outbox, (select count(*) from audit)::int audit`,
      );
    const before = await counted();
    await evaluate(input({ vitals: { ...calm, spo2: 80 } }));
    expect(await counted()).toEqual(before);
  });

  it('speaks by the packs in force at the hospital', async () => {
    await approveMews();
    const { evaluation } = await evaluate(input());
    expect(evaluation.levelPack).toEqual({ id: 'cn-his-mews', version: 'v1' });
  });
});
