import { ageInDays, localDay } from '#libs/triage-desk/patient-facts';
import { rowInput, type TriageRow } from '#libs/scoring/triage-row';
import { registrationOf, visitsOf } from './visit';

const row = (years: number | null): TriageRow => ({
  ...rowInput({ pulse: 155 }, { years, sex: 'female' }, 'palpitations'),
  deskLevel: 'II',
  truth: { colour: false, death30: null, icu: null, expert: null, nurse: null },
});

describe('a visit at the desk', () => {
  it.each([0, 1, 16, 65, 104])('has the age of the file (%d years)', (years) => {
    for (const at of ['2026-03-01T15:59:59Z', '2026-03-01T16:00:00Z', '2024-02-29T02:00:00Z'].map((t) => new Date(t))) {
      const [visit] = visitsOf([row(years)]);
      const { birthDate = '' } = registrationOf(visit!, 'w', at).patient;
      expect(ageInDays(birthDate, localDay(at, 'Asia/Shanghai'))).toBe(visit?.row.input.patient.ageDays);
    }
  });

  it('has no birth date where the file has no age, and was measured now', () => {
    const now = new Date();
    const [visit] = visitsOf([row(null)]);
    const { patient, assessment } = registrationOf(visit!, 'w', now);
    expect(patient).toEqual({ name: '回放患者1（演示）', sex: 'female' });
    expect(assessment).toMatchObject({ complaint: 'palpitations', measuredAt: now.toISOString() });
  });

  it('carries what the rules say of it, and stops at the limit', () => {
    expect(visitsOf([row(40), row(40)], 1)).toMatchObject([{ number: 1, floor: 'II' }]);
  });
});
