import fc from 'fast-check';
import { cnInfectionScreening as pack } from '#libs/packs/infection-screening';
import { screeningAnswers, type ScreeningPack } from '#libs/packs/pack.types';
import { referencePacks, screeningOf } from '#libs/packs/reference-packs';
import { type AssessmentFlags, flagsSchema } from './triage.assessment';
import { evaluateTriage } from './triage.rules';
import { screened, type Screened, screenInfection, type ScreeningAnswers } from './triage.screening';

const said = (answers: ScreeningAnswers, temperature: number | null = null): Screened => ({ answers, temperature });
const standing = (...found: readonly Screened[]) =>
  screenInfection(found, pack).precautions.map(({ id, holds, override }) => [id, holds, override]);
const holding = (...found: readonly Screened[]) =>
  screenInfection(found, pack)
    .precautions.filter(({ holds }) => holds)
    .map(({ id }) => id);

describe('the infection screening', () => {
  it('sends a fever to the fever clinic from 37.3 degrees on, measured or told', () => {
    expect(holding(said({}, 37.2))).toEqual([]);
    expect(holding(said({}, 37.3))).toEqual(['fever-clinic']);
    expect(holding(said({ recentFever: true }))).toEqual(['fever-clinic']);
  });

  it.each([
    [{ recentFever: true, respiratorySymptoms: true }, ['fever-clinic', 'respiratory-isolation']],
    [{ recentFever: true, rash: true }, ['fever-clinic', 'respiratory-isolation']],
    [{ feverContact: true, respiratorySymptoms: true }, ['fever-clinic', 'respiratory-isolation']],
    [{ feverContact: true, diarrhoea: true }, ['fever-clinic', 'enteric-isolation']],
    [{ feverContact: true }, []],
    [{ respiratorySymptoms: true }, []],
    [{ resistantOrganism: true }, ['contact-isolation']],
    [{ diarrhoea: true }, ['enteric-isolation']],
    [{ immunosuppressed: true }, ['protective-isolation']],
  ] as const)('says of %j: %j', (answers, expected) => {
    expect(holding(said(answers))).toEqual(expected);
  });

  it('names the rules that fired and the pack, in both languages', () => {
    const { precautions, pack: used } = screenInfection([said({ feverContact: true, rash: true }, 38)], pack);
    expect(precautions[0]).toEqual({
      id: 'fever-clinic',
      zh: '发热门诊',
      en: 'fever clinic',
      holds: true,
      rules: ['fever', 'contact-with-symptoms'],
      override: null,
    });
    expect(used).toEqual({ id: 'cn-infection-screening', version: '1.0.0' });
  });

  it('takes nothing that was not asked for a no', () => {
    const { notAsked } = screenInfection([said({ rash: false, diarrhoea: true })], pack);
    expect(notAsked.map(({ id }) => id)).toEqual(screeningAnswers.filter((id) => id !== 'rash' && id !== 'diarrhoea'));
    expect(screenInfection([], pack).notAsked).toHaveLength(screeningAnswers.length);
  });

  it('lets the newest answer stand, and a fever that was brought down', () => {
    expect(holding(said({ diarrhoea: true }), said({ diarrhoea: false }))).toEqual([]);
    expect(holding(said({ diarrhoea: true }), said({}))).toEqual(['enteric-isolation']);
    expect(holding(said({}, 38.5), said({}, 36.8))).toEqual(['fever-clinic']);
  });

  it('is overridden by a person, until what is found afterwards calls for it by itself', () => {
    const lift: Screened = { override: { precaution: 'fever-clinic', holds: false } };
    const raise: Screened = { override: { precaution: 'contact-isolation', holds: true } };
    expect(standing(said({}, 37.4), lift)).toEqual([['fever-clinic', false, 'lifted']]);
    expect(standing(said({}, 37.4), lift, said({}, 36.9))).toEqual([['fever-clinic', false, 'lifted']]);
    expect(standing(said({}, 37.4), lift, said({}, 39))).toEqual([['fever-clinic', true, null]]);
    expect(standing(raise)).toEqual([['contact-isolation', true, 'raised']]);
    expect(standing(raise, { override: { precaution: 'contact-isolation', holds: false } })).toEqual([
      ['contact-isolation', false, 'lifted'],
    ]);
    expect(standing(said({}, 38), raise)).toEqual([
      ['fever-clinic', true, null],
      ['contact-isolation', true, 'raised'],
    ]);
  });

  it('goes by the hospital’s own rules where it has some', () => {
    const stricter: ScreeningPack = {
      ...pack,
      rules: [{ id: 'fever', precaution: 'fever-clinic', allOf: [[{ temperatureFrom: 38 }]], source: 'ours' }],
    };
    expect(screenInfection([said({ recentFever: true }, 37.9)], stricter).precautions).toEqual([]);
    expect(screeningOf({ ...referencePacks, screening: stricter })).toBe(stricter);
    const { screening: _none, ...before } = referencePacks;
    expect(screeningOf(before)).toBe(pack);
  });

  it('moves no level: its answers change neither floor nor proposal', () => {
    const answers = fc.record(
      Object.fromEntries(screeningAnswers.map((id) => [id, fc.boolean()])) as Record<string, fc.Arbitrary<boolean>>,
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(answers, fc.integer({ min: 35, max: 200 }), (flags: AssessmentFlags, pulse) => {
        const of = (given: AssessmentFlags) =>
          evaluateTriage(
            {
              assessment: { complaint: '', vitals: { pulse }, flags: given, measuredAt: '2026-11-23T08:00:00Z' },
              patient: { ageDays: 14_000, ageEstimated: false, sex: 'male' },
            },
            referencePacks,
          );
        const [with_, without] = [of(flags), of({})];
        expect([with_.floor, with_.proposedLevel]).toEqual([without.floor, without.proposedLevel]);
      }),
    );
  });
});

describe('a stored fact', () => {
  it('says answers, a word of a person, a temperature, or nothing', () => {
    const flags = { rash: true, pregnant: false, indicators: ['shock'] };
    expect(screened({ kind: 'assessment', content: { complaint: '', flags }, temperature: 38 })).toEqual({
      answers: { rash: true },
      temperature: 38,
    });
    expect(screened({ kind: 'assessment', content: null, temperature: 38 })).toEqual({ answers: {}, temperature: 38 });
    const override = { precaution: 'fever-clinic', holds: false, reason: '室外暴晒' };
    expect(screened({ kind: 'screening', content: { override }, temperature: null })).toEqual({ override });
    expect(screened({ kind: 'screening', content: { answers: { rash: false } }, temperature: null })).toEqual({
      answers: { rash: false },
      temperature: null,
    });
    expect(screened({ kind: 'registration', content: {}, temperature: null })).toBeNull();
  });

  it('is read from the flags that an assessment has, each of them', () => {
    expect(screeningAnswers.filter((id) => !(id in flagsSchema.shape))).toEqual([]);
  });
});
