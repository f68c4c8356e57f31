import { screeningAnswers } from '#libs/packs/pack.types';
import { vitalsOf } from './body';
import { type AssessmentEntry } from './entry';

/** What is still to be asked or measured; the name of the field it is entered in. */
export type Missing = string;

/** What the rules named as not measured. */
type RulesMissing = { readonly missing: readonly string[] };

/** What the desk asks of everybody, whatever the rules need. */
const asked = ['respiratoryRate', 'spo2', 'onOxygen', 'systolic', 'pulse', 'temperature', 'consciousness'] as const;

const unmeasured = (entry: AssessmentEntry, evaluation: RulesMissing | null): readonly string[] => {
  const vitals = vitalsOf(entry);
  const wanted: readonly string[] = evaluation?.missing ?? asked;
  // What was typed since the rules answered is no longer missing.
  return wanted.filter((name) => name !== 'age' && !(name in vitals));
};

/** What is missing of an assessment: by the rules once they answered, until then by what everybody is measured. */
export const missingOfAssessment = (entry: AssessmentEntry, evaluation: RulesMissing | null): readonly Missing[] => [
  ...(entry.complaint.trim() === '' ? ['complaint'] : []),
  ...unmeasured(entry, evaluation),
  ...(screeningAnswers.some((id) => entry.screening[id] === undefined) ? ['screening'] : []),
  ...(entry.allergies === null ? ['allergies'] : []),
];

/** What is missing of the patient. */
export const missingOfPatient = (patient: {
  readonly name: string;
  readonly unidentified: boolean;
  readonly sex: string;
  readonly born: string;
}): readonly Missing[] => [
  ...(patient.name.trim() === '' && !patient.unidentified ? ['name'] : []),
  ...(patient.sex === 'unknown' ? ['sex'] : []),
  ...(patient.born.trim() === '' ? ['born'] : []),
];
