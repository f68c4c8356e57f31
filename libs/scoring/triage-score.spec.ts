import type { Level } from '#libs/processes/triage/triage.level';
import { rowInput, type TriageRow } from './triage-row';
import { scoreTriage } from './triage-score';

type Measured = Parameters<typeof rowInput>[0];

const visit = (measured: Measured, truth: Partial<TriageRow['truth']>, years: number | null = 40): TriageRow => ({
  ...rowInput(measured, { years, sex: 'unknown' }),
  deskLevel: null,
  truth: { colour: false, death30: null, icu: null, expert: null, nurse: null, ...truth },
});

const outcome = (measured: Measured, death30: boolean, years?: number): TriageRow =>
  visit(measured, { colour: true, death30, icu: false }, years);

const compared = (pulse: number, nurse: Level, expert: Level): TriageRow => visit({ pulse }, { nurse, expert });

describe('scoreTriage on outcomes', () => {
  // Floors by hand: 185 I (3 points), 155 II (3), 120 III (2), 70 IV (0), nothing measured: none, enters as IV (0).
  const rows = [
    outcome({ pulse: 185 }, false),
    outcome({ pulse: 155 }, true),
    outcome({ pulse: 120 }, false),
    outcome({ pulse: 70 }, true, 80),
    outcome({ pulse: 70 }, false, 30),
    outcome({}, false, 50),
  ];

  it('ranks by level with ties as half', () => {
    // Events: II beats 3 of 4 others; IV beats none and ties with two: 3 + 1 of 8 pairs.
    expect(scoreTriage(rows).auc.level).toEqual({ death30: 4 / 8, icu: null });
  });

  it('ranks by attention order, where points and age part the ties', () => {
    // The older of the IVs now comes before both others: 3 + 2 of 8 pairs.
    expect(scoreTriage(rows).auc.order.death30).toBe(5 / 8);
  });

  it('counts a row without any level as unscored, and still ranks it by its lower bound', () => {
    expect(scoreTriage(rows)).toMatchObject({ n: 6, scored: 5, unscored: { 'nothing-measured': 1 } });
    expect(scoreTriage([outcome({}, true), outcome({ pulse: 120 }, false)]).auc.level.death30).toBe(0);
  });

  it('ranks only rows that have a colour and the outcome, but counts all', () => {
    const others = [visit({ pulse: 185 }, { colour: false, death30: false }), visit({ pulse: 185 }, { colour: true })];
    const score = scoreTriage([...rows, ...others]);
    expect(score.n).toBe(8);
    expect(score.auc.level.death30).toBe(4 / 8);
  });

  it('says nothing about nurses, of whom the data says nothing', () => {
    expect(scoreTriage(rows)).toMatchObject({
      missed: { nurse: null, nurseAndFloor: null },
      overTriageAdded: { floor: null },
    });
  });
});

describe('scoreTriage against experts', () => {
  it('counts what the nurse missed, what is left with the floor, and what the floor overdoes', () => {
    const rows = [
      compared(155, 'III', 'II'), // missed, caught by the floor
      compared(120, 'III', 'II'), // missed, the floor says III too
      compared(70, 'II', 'I'), // not missed: II is high enough
      compared(155, 'IV', 'III'), // over-triage that the floor adds
      compared(155, 'II', 'III'), // over-triage, but the nurse's own
      compared(70, 'IV', 'IV'),
      visit({}, { nurse: 'III', expert: 'I' }), // missed, no floor at all
      visit({ pulse: 155 }, { nurse: 'III', expert: null }), // no truth: counted in n only
    ];
    expect(scoreTriage(rows)).toMatchObject({
      n: 8,
      scored: 7,
      missed: { nurse: 3, nurseAndFloor: 2 },
      overTriageAdded: { floor: 12.5 },
      auc: { level: { death30: null, icu: null }, order: { death30: null, icu: null } },
    });
  });

  it('never lets the floor lower a nurse', () => {
    expect(scoreTriage([compared(70, 'I', 'II')]).missed).toEqual({ nurse: 0, nurseAndFloor: 0 });
  });
});

describe('scoreTriage of nothing', () => {
  it('is all zeros and nulls', () => {
    expect(scoreTriage([])).toMatchObject({ n: 0, scored: 0, unscored: {}, missed: { nurse: null } });
  });
});
