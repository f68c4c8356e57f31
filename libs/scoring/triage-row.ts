import {
  type PatientFacts,
  type TriageInput,
  type Vitals,
  vitalsSchema,
} from '#libs/processes/triage/triage.assessment';
import type { Level } from '#libs/processes/triage/triage.level';

/** One visit of a data set: what was known at triage (`input`), and what turned out (`truth`, null where not recorded). */
export type TriageRow = {
  readonly input: TriageInput;
  /** Measurements that are written but that no assessment would accept; they count as not measured. */
  readonly refused: number;
  /** The level given at the desk, where the data set tells one; null for none. */
  readonly deskLevel: Level | null;
  readonly truth: {
    readonly colour: boolean;
    readonly death30: boolean | null;
    readonly icu: boolean | null;
    readonly expert: Level | null;
    readonly nurse: Level | null;
  };
};

/** The number in a cell, or null where it holds anything else (blank, a placeholder, lost text). */
export const cellNumber = (cell: string | undefined): number | null => {
  const text = (cell ?? '').trim();
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
};

/** What was measured, as an assessment: absent where nothing was written or no assessment would accept it. */
export const rowInput = (
  measured: { readonly [V in keyof Vitals]: Vitals[V] | null },
  patient: { readonly years: number | null; readonly sex: PatientFacts['sex'] },
  complaint = '',
): Pick<TriageRow, 'input' | 'refused'> => {
  const written = Object.entries(measured).filter(([, value]) => value !== null && value !== undefined);
  const accepted = written.filter(([name, value]) => vitalsSchema.safeParse({ [name]: value }).success);
  const ageDays = patient.years === null ? undefined : Math.ceil(patient.years * 365.25);
  return {
    refused: written.length - accepted.length,
    input: {
      assessment: {
        complaint: complaint.slice(0, 2000),
        vitals: vitalsSchema.parse(Object.fromEntries(accepted)),
        flags: {},
        measuredAt: '1970-01-01T00:00:00Z',
      },
      patient: { ...(ageDays === undefined ? {} : { ageDays }), ageEstimated: false, sex: patient.sex },
    },
  };
};
