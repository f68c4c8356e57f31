import { type AssessmentFlags } from '#libs/processes/triage/triage.assessment';
import { type ScreeningAnswer } from '#libs/packs/pack.types';

/** Vital signs that are typed as numbers, in the order in which they are measured. */
export const numberFields = [
  'temperature',
  'pulse',
  'respiratoryRate',
  'systolic',
  'diastolic',
  'spo2',
  'gcs',
  'painScore',
  'flacc',
  'glucose',
  'potassium',
] as const;
export type NumberField = (typeof numberFields)[number];

/** What a person ticks beside the indicators; the answers of the infection screening are asked apart. */
export const plainFlags = [
  'pregnant',
  'traumaMechanism',
  'noDyspnoea',
  'hypercapnicTarget',
  'infectionSuspected',
  'nurseConcern',
  'familyConcern',
  'disabled',
] as const satisfies readonly (keyof AssessmentFlags)[];

export type YesNo = 'yes' | 'no' | null;

/** An assessment while it is being written: numbers as typed, null for what nobody asked. */
export interface AssessmentEntry {
  readonly complaint: string;
  readonly numbers: Readonly<Partial<Record<NumberField, string>>>;
  readonly onOxygen: YesNo;
  readonly consciousness: 'A' | 'C' | 'V' | 'P' | 'U' | null;
  /** Ids of flags and indicators. */
  readonly flags: readonly string[];
  readonly screening: Readonly<Partial<Record<ScreeningAnswer, 'yes' | 'no'>>>;
  /** Null: not asked; an empty list: none known. */
  readonly allergies: readonly string[] | null;
}

/** The form before anything was entered: nothing asked, nothing measured. */
export const blankAssessment: AssessmentEntry = {
  complaint: '',
  numbers: {},
  onOxygen: null,
  consciousness: null,
  flags: [],
  screening: {},
  allergies: null,
};
