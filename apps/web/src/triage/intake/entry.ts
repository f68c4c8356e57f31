import { type Sent } from '../../api/types';
import { assessmentOf, hasFaults, saysSomething, screeningOf } from '../form/body';
import { type AssessmentEntry, blankAssessment } from '../form/entry';
import { type Born, bornOf } from './born';

export type RegistrationSent = Sent<'/api/triage/cases'>;
export type Sex = RegistrationSent['patient']['sex'] & string;

/** Kinds of numbers a patient brings along, with the authority that gave them. */
export const identifierKinds = {
  NNCHN: 'CN',
  MR: 'HIS',
  HC: 'CN',
  PPN: 'PASSPORT',
} as const;
export type IdentifierKind = keyof typeof identifierKinds;

export const arrivalModes = ['walk-in', 'ambulance', 'transfer', 'police', 'other'] as const;

/** The whole form of an arrival while it is being written. */
export interface IntakeEntry {
  readonly wardId: string;
  readonly name: string;
  readonly unidentified: boolean;
  readonly sex: Sex;
  /** Birth date or age, as typed. */
  readonly born: string;
  readonly identifierKind: IdentifierKind;
  readonly identifier: string;
  readonly phone: string;
  readonly visitNumber: string;
  readonly arrivalMode: (typeof arrivalModes)[number] | null;
  readonly assessment: AssessmentEntry;
}

/** An empty form for a desk. */
export const blankIntake = (wardId: string): IntakeEntry => ({
  wardId,
  name: '',
  unidentified: false,
  sex: 'unknown',
  born: '',
  identifierKind: 'NNCHN',
  identifier: '',
  phone: '',
  visitNumber: '',
  arrivalMode: null,
  assessment: blankAssessment,
});

/** Whether nothing has been entered that would be lost. */
export const isBlank = (entry: IntakeEntry): boolean => {
  const { wardId: _ward, ...rest } = entry;
  const { wardId: _same, ...blank } = blankIntake('');
  return JSON.stringify(rest) === JSON.stringify(blank);
};

/** What keeps a form from being registered; each names the field to go to. */
export const obstaclesOf = (entry: IntakeEntry, today: string): readonly ('ward' | 'name' | 'born' | 'numbers')[] => [
  ...(entry.wardId === '' ? (['ward'] as const) : []),
  ...(entry.name.trim() === '' && !entry.unidentified ? (['name'] as const) : []),
  ...(bornOf(entry.born, today) === 'unreadable' ? (['born'] as const) : []),
  ...(hasFaults(entry.assessment) ? (['numbers'] as const) : []),
];

/** When the form was finished, and the hospital's date then. */
export interface Finished {
  readonly at: string;
  readonly today: string;
}

/** What the form says of the age; null where it says nothing that can be read. */
export const ageOf = (entry: Pick<IntakeEntry, 'born'>, today: string): Born | null => {
  const born = bornOf(entry.born, today);
  return born === 'unreadable' ? null : born;
};

const patientOf = (entry: IntakeEntry, today: string): RegistrationSent['patient'] => {
  const born = ageOf(entry, today);
  const { identifierKind: type, sex, unidentified } = entry;
  const [name, value, phone] = [entry.name, entry.identifier, entry.phone].map((typed) => typed.trim());
  return {
    sex,
    unidentified,
    identifiers: value ? [{ authority: identifierKinds[type], type, value }] : [],
    ...(name && { name }),
    ...(phone && { phone }),
    ...(born?.kind === 'birthDate' && { birthDate: born.birthDate }),
    ...(born?.kind === 'estimate' && { estimatedAgeYears: born.years }),
  };
};

/**
 * The registration as it is sent. It says when the patient arrived and was measured, so that a form that is sent later,
 * under the same key, is the same request about the same moment.
 */
export const registrationOf = (entry: IntakeEntry, { at, today }: Finished): RegistrationSent => {
  const { wardId, arrivalMode, assessment } = entry;
  const visitNumber = entry.visitNumber.trim();
  const screening = screeningOf(assessment);
  const answered = Object.keys(screening).length > 0;
  return {
    wardId,
    patient: patientOf(entry, today),
    arrivedAt: at,
    straightToResus: false,
    ...(visitNumber && { visitNumber }),
    ...(arrivalMode !== null && { arrivalMode }),
    ...(saysSomething(assessment)
      ? { assessment: { ...assessmentOf(assessment, at), retriage: false } as RegistrationSent['assessment'] }
      : answered && { screening }),
  } as RegistrationSent;
};
