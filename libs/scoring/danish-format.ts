import type { CsvRow } from './csv-file';
import { cellNumber, rowInput, type TriageRow } from './triage-row';

/** Columns of the Danish acute admissions that are read; laboratory values arrive after triage and never are. */
export const danishColumns = [
  'triage',
  'age',
  'sex',
  'mort30',
  'icustatus',
  'saturation',
  'respirationsfrekvens',
  'puls',
  'systoliskblodtryk',
  'gcs',
] as const;

/** One Danish admission: four vital signs and GCS, with death in 30 days and intensive care as outcomes. */
export const danishRow = (row: CsvRow): TriageRow => ({
  ...rowInput(
    {
      spo2: cellNumber(row['saturation']),
      respiratoryRate: cellNumber(row['respirationsfrekvens']),
      pulse: cellNumber(row['puls']),
      systolic: cellNumber(row['systoliskblodtryk']),
      gcs: cellNumber(row['gcs']),
    },
    { years: cellNumber(row['age']), sex: row['sex'] === 'female' || row['sex'] === 'male' ? row['sex'] : 'unknown' },
  ),
  truth: {
    colour: (row['triage'] ?? '').trim() !== '',
    death30: yesOrNo(row['mort30']),
    icu: yesOrNo(row['icustatus']),
    expert: null,
    nurse: null,
  },
});

const yesOrNo = (cell: string | undefined): boolean | null => {
  const value = cellNumber(cell);
  return value === null ? null : value === 1;
};
