import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readCsv } from './csv-file';
import { danishColumns } from './danish-format';
import { scoreTriageFile } from './score-file';
import { readTriageRows } from './triage-file';
import type { TriageScore } from './triage-score';

const root = process.env['COUNTERSIGN_DATA_DIR'] ?? resolve(__dirname, '../../../shared/data');
const hasData = existsSync(join(root, 'manifest.json'));
const title = hasData
  ? 'triage rules on real visits'
  : 'triage rules on real visits (shared data not found: set COUNTERSIGN_DATA_DIR)';
const danishFile = join(root, 'triage/danish_ed/danish_ed_primary.csv.gz');
const ktasFile = join(root, 'triage/ktas/ktas.csv');

const scoreOf = (outcome: ReturnType<typeof scoreTriageFile>): TriageScore => {
  if ('failure' in outcome) throw new Error(outcome.failure);
  return outcome.score;
};

(hasData ? describe : describe.skip)(title, () => {
  const danish = hasData ? scoreTriageFile('danish', danishFile) : { failure: title };
  const ktas = hasData ? scoreTriageFile('ktas', ktasFile) : { failure: title };

  it('orders Danish admissions at least as well as the reference figures', () => {
    const { n, scored, unscored, auc, missed, overTriageAdded } = scoreOf(danish);
    expect({ n, scored, unscored }).toEqual({ n: 6249, scored: 6169, unscored: { 'nothing-measured': 80 } });
    expect(auc.level.death30).toBeGreaterThanOrEqual(0.6804);
    expect(auc.level.icu).toBeGreaterThanOrEqual(0.7061);
    expect(auc.order.death30).toBeGreaterThanOrEqual(0.7511);
    expect(auc.order.icu).toBeGreaterThanOrEqual(0.753);
    expect({ missed, overTriageAdded }).toEqual({
      missed: { nurse: null, nurseAndFloor: null },
      overTriageAdded: { floor: null },
    });
  });

  it('catches six of the sixteen urgent Korean visits that the nurse missed', () => {
    const { n, scored, unscored, auc, missed, overTriageAdded } = scoreOf(ktas);
    expect({ n, scored, unscored }).toEqual({ n: 615, scored: 615, unscored: {} });
    expect(missed.nurse).toBe(16);
    expect(missed.nurseAndFloor).toBeLessThanOrEqual(10);
    expect(overTriageAdded.floor).toBeLessThanOrEqual(4.1);
    expect(auc).toEqual({ level: { death30: null, icu: null }, order: { death30: null, icu: null } });
  });

  it('finds every measurement of both files acceptable to an assessment', () => {
    expect(danish).toMatchObject({ refused: 0 });
    expect(ktas).toMatchObject({ refused: 0 });
  });

  it('finds no visit in either file that could not be replayed', () => {
    for (const [format, file, visits] of [
      ['danish', danishFile, 6249],
      ['ktas', ktasFile, 615],
    ] as const) {
      const read = readTriageRows(format, file);
      expect(read).toMatchObject({ unreadable: 0 });
      expect('rows' in read && read.rows.length).toBe(visits);
    }
  });

  it('reads one file only as what it is', () => {
    expect(scoreTriageFile('ktas', danishFile)).toEqual({ failure: expect.stringContaining('lacks the columns: Sex') });
    expect(readCsv(danishFile, danishColumns)).toHaveProperty('rows');
  });
});
