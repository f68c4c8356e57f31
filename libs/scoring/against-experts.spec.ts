import type { Level } from '#libs/processes/triage/triage.level';
import { type Compared, missed, overTriageAdded } from './against-experts';

const visit = (expert: Level | null, nurse: Level | null, floor: Level | null, draft: Level | null): Compared => ({
  expert,
  nurse,
  floor,
  draft,
});

describe('missed and over-triage added', () => {
  const visits = [
    visit('II', 'III', 'IV', 'II'), // missed, caught by the draft alone
    visit('I', 'IV', 'II', null), // missed, caught by the floor: II is high enough
    visit('II', 'III', null, 'III'), // missed by all
    visit('I', 'I', 'IV', 'IV'), // no helper lowers a nurse
    visit('III', 'III', 'III', 'II'), // over-triage that the draft adds
    visit('III', 'II', 'I', 'I'), // over-triage, but the nurse's own
    visit(null, 'III', 'I', 'I'), // no truth
    visit('I', null, 'I', 'I'), // no nurse
  ];

  it('are counted by the most urgent of the nurse and her helpers', () => {
    expect(missed(visits, [])).toBe(3);
    expect(missed(visits, ['floor'])).toBe(2);
    expect(missed(visits, ['floor', 'draft'])).toBe(1);
  });

  it('count over-triage as a share of all visits', () => {
    expect(overTriageAdded(visits, [])).toBe(0);
    expect(overTriageAdded(visits, ['floor'])).toBe(0);
    expect(overTriageAdded(visits, ['floor', 'draft'])).toBe(12.5);
  });

  it('say nothing where no visit has both levels', () => {
    const unknown = visits.slice(6);
    expect([missed(unknown, []), overTriageAdded(unknown, ['floor'])]).toEqual([null, null]);
  });
});
