import type { Level } from '#libs/processes/triage/triage.level';
import type { CsvRow } from './csv-file';
import { cellNumber, rowInput, type TriageRow } from './triage-row';

/** Columns of the Korean visits that are read; what happened after triage (diagnosis, disposition, length of stay) never is. */
export const ktasColumns = [
  'Sex',
  'Age',
  'Chief_complain',
  'Mental',
  'NRS_pain',
  'SBP',
  'DBP',
  'HR',
  'RR',
  'BT',
  'Saturation',
  'KTAS_RN',
  'KTAS_expert',
] as const;

/** One Korean visit: vital signs and consciousness, with the nurse's and the experts' level (4 and 5 are IV here). */
export const ktasRow = (row: CsvRow): TriageRow => ({
  ...rowInput(
    {
      consciousness: pick(['A', 'V', 'P', 'U'] as const, row['Mental']),
      painScore: cellNumber(row['NRS_pain']),
      systolic: cellNumber(row['SBP']),
      diastolic: cellNumber(row['DBP']),
      pulse: cellNumber(row['HR']),
      respiratoryRate: cellNumber(row['RR']),
      temperature: cellNumber(row['BT']),
      spo2: cellNumber(row['Saturation']),
    },
    { years: cellNumber(row['Age']), sex: pick(['female', 'male'] as const, row['Sex']) ?? 'unknown' },
    row['Chief_complain'],
  ),
  deskLevel: pick(ktasLevels, row['KTAS_RN']),
  truth: {
    colour: false,
    death30: null,
    icu: null,
    expert: pick(ktasLevels, row['KTAS_expert']),
    nurse: pick(ktasLevels, row['KTAS_RN']),
  },
});

const ktasLevels: readonly Level[] = ['I', 'II', 'III', 'IV', 'IV'];

const pick = <T>(choices: readonly T[], cell: string | undefined): T | null =>
  choices[(cellNumber(cell) ?? 0) - 1] ?? null;
