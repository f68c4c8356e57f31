import type { Level } from '#libs/processes/triage/triage.level';
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
  deskLevel: colourLevels[(row['triage'] ?? '').trim()] ?? null,
  truth: {
    colour: (row['triage'] ?? '').trim() !== '',
    death30: yesOrNo(row['mort30']),
    icu: yesOrNo(row['icustatus']),
    expert: null,
    nurse: null,
  },
});

/* A colour says how soon somebody was to be seen, as a level does; it is no level of the same scheme. */
const colourLevels: Readonly<Record<string, Level>> = { red: 'I', orange: 'II', yellow: 'III', green: 'IV' };

const yesOrNo = (cell: string | undefined): boolean | null => {
  const value = cellNumber(cell);
  return value === null ? null : value === 1;
};
