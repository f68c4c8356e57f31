import { type CaseView, type paths } from '../../api/types';
import { type Born } from '../intake/born';
import { type IdentifierKind, identifierKinds, type Sex } from '../intake/entry';

/** What is sent to identify or correct a patient. */
export type PatientSent = NonNullable<
  paths['/api/triage/cases/{id}/patient']['patch']['requestBody']
>['content']['application/json'];

/** What stands in the form of a patient. */
export interface PatientEntry {
  readonly name: string;
  readonly sex: Sex;
  readonly born: string;
  readonly phone: string;
  readonly address: string;
  readonly identifierKind: IdentifierKind;
  /** A number to be added; those there are stay. */
  readonly identifier: string;
}

/** The form as the patient is known; a generated name and an estimated age are not put into it. */
export const patientEntryOf = ({ patient }: Pick<CaseView, 'patient'>): PatientEntry => ({
  name: patient.unidentified ? '' : patient.name,
  sex: patient.sex,
  born: patient.birthDate ?? '',
  phone: patient.phone ?? '',
  address: patient.address ?? '',
  identifierKind: 'NNCHN',
  identifier: '',
});

/** Null where it was emptied, absent where it did not change. */
const changed = (before: string, now: string): string | null | undefined => {
  const typed = now.trim();
  return typed === before.trim() ? undefined : typed === '' ? null : typed;
};

const bornPatch = (before: PatientEntry, typed: string, born: Born | null): PatientSent => {
  if (typed.trim() === before.born.trim()) return {};
  if (born?.kind === 'birthDate') return { birthDate: born.birthDate };
  const birthDate = before.born === '' ? {} : { birthDate: null };
  return born === null ? birthDate : { ...birthDate, estimatedAgeYears: born.years };
};

const texts = (before: PatientEntry, now: PatientEntry): PatientSent => {
  const name = now.name.trim();
  const [phone, address] = [changed(before.phone, now.phone), changed(before.address, now.address)];
  return {
    ...(name !== '' && name !== before.name && { name }),
    ...(phone !== undefined && { phone }),
    ...(address !== undefined && { address }),
  };
};

/** Only what changed; null when nothing did. `born`: what the field of that name says, read. */
export const patientPatch = (before: PatientEntry, now: PatientEntry, born: Born | null): PatientSent | null => {
  const { identifierKind: type, sex } = now;
  const value = now.identifier.trim();
  const patch: PatientSent = {
    ...texts(before, now),
    ...(sex !== before.sex && { sex }),
    ...bornPatch(before, now.born, born),
    ...(value && { identifiers: [{ authority: identifierKinds[type], type, value }] }),
  };
  return Object.keys(patch).length === 0 ? null : patch;
};
