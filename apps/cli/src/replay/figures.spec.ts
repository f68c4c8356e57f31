import { rowInput, type TriageRow } from '#libs/scoring/triage-row';
import { figuresOf, type Outcome } from './figures';
import { type Replayed } from './flow';
import { proxiesOf } from './proxies';

const row: TriageRow = {
  ...rowInput({ pulse: 155 }, { years: 40, sex: 'female' }),
  deskLevel: 'III',
  truth: { colour: false, death30: null, icu: null, expert: 'II', nurse: 'III' },
};
const replayed: Replayed = {
  floor: 'III',
  draft: 'II',
  drafted: true,
  coSigned: false,
  answeredMs: 10,
  carriedOutMs: 20,
};
const outcome = (change: Partial<Replayed> | null): Outcome => ({
  visit: { number: 1, row, floor: 'III' },
  replayed: change && { ...replayed, ...change },
});
const run = { unreadable: 2, tookMs: 2000, violations: 0, proxies: proxiesOf('ktas') };

describe('figuresOf', () => {
  it('counts what was committed and what failed, and times by the nearest rank', () => {
    const outcomes = Array.from({ length: 100 }, (_, at) => outcome({ answeredMs: at + 1, coSigned: at === 0 }));
    expect(figuresOf([...outcomes, outcome(null)], run)).toMatchObject({
      n: 101,
      committed: 100,
      failed: 1,
      unreadable: 2,
      drafted: 100,
      coSigned: 1,
      flowsPerSecond: 50,
      decisionAnsweredMs: { p50: 50, p99: 99 },
      effectCarriedOutMs: { p50: 20, p99: 20 },
    });
  });

  it('takes floor and draft from what the product said', () => {
    const { missed, overTriageAdded } = figuresOf(
      [outcome({}), outcome({ draft: null }), outcome({ floor: 'I' })],
      run,
    );
    expect(missed).toEqual({ nurse: 3, nurseAndFloor: 2, nurseFloorAndDraft: 1 });
    expect(overTriageAdded).toEqual({ floor: 0, floorAndDraft: 0 });
  });

  it('has figures of nothing', () => {
    expect(figuresOf([], { ...run, tookMs: 0 })).toMatchObject({
      n: 0,
      flowsPerSecond: 0,
      decisionAnsweredMs: { p50: null, p99: null },
      missed: { nurse: null, nurseAndFloor: null, nurseFloorAndDraft: null },
    });
  });
});
