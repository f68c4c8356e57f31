import type { AdtMerge, AdtPatient, AdtVisit } from './adt.types';
import {
  addressOf,
  cliniciansOf,
  identifierOf,
  identifiersOf,
  locationOf,
  phonesOf,
  sexOf,
  yesOrNo,
} from './datatypes';
import { type Hl7Value, type Repetition } from './fields';
import { personNameOf } from './person-name';
import {
  type Check,
  checked,
  coded,
  composite,
  plain,
  requireAnswer,
  requireComposite,
  requireText,
  type SegmentReader,
} from './segment-reader';
import { type Hl7Time, parseBirthDate, parseTimestamp } from './timestamp';

/** The check of a time; without an offset it is the wall clock of the zone. */
export const timeIn = (timeZone: string): Check<Hl7Time> => ({
  code: '102',
  parse: (text) => parseTimestamp(text, timeZone),
});

const firstIdentifier = ([first]: readonly Repetition[]): ReturnType<typeof identifierOf> => identifierOf(first);

const identifiersIn = (reader: SegmentReader, field: number): AdtPatient['identifiers'] =>
  requireComposite(reader, field, identifiersOf) ?? [];

/** What PID says. PID-5 may be `""`: the sender does not know who it is. */
export const readPatient = (pid: SegmentReader, timeZone: string): AdtPatient => {
  const identifiers = identifiersIn(pid, 3);
  requireAnswer(pid, 5);
  return {
    identifiers,
    name: composite(pid, 5, personNameOf),
    birthDate: checked(pid, 7, { code: '102', parse: parseBirthDate }),
    sex: checked(pid, 8, { code: '103', parse: sexOf }),
    address: composite(pid, 11, addressOf),
    homePhones: composite(pid, 13, phonesOf),
    workPhones: composite(pid, 14, phonesOf),
    account: composite(pid, 18, firstIdentifier),
    diedAt: checked(pid, 29, timeIn(timeZone)),
    deathIndicator: checked(pid, 30, { code: '103', parse: yesOrNo }),
  };
};

const patientClasses = ['E', 'I', 'O', 'P', 'R', 'B', 'C', 'N', 'U'];

/** PV1-2: the emergency classes of the installation and those of table 0004; an unknown class refuses the message. */
export const readClass = (pv1: SegmentReader, emergency: readonly string[]): Hl7Value<string> => {
  requireText(pv1, 2);
  const known = (code: string): boolean => emergency.includes(code) || patientClasses.includes(code);
  return checked(pv1, 2, { code: '103', strict: true, parse: (code) => (known(code) ? code : undefined) });
};

/** The segments a visit is read from, with its class, read before them. */
export interface VisitSegments {
  readonly pv1: SegmentReader;
  readonly pv2: SegmentReader;
  readonly class: string;
  readonly emergency: boolean;
}

/** What PV1 and PV2 say. */
export const readVisit = ({ pv1, pv2, ...known }: VisitSegments, timeZone: string): AdtVisit => ({
  ...known,
  visitNumber: composite(pv1, 19, firstIdentifier),
  location: composite(pv1, 3, locationOf),
  priorLocation: composite(pv1, 6, locationOf),
  pendingLocation: composite(pv1, 42, locationOf),
  admissionType: plain(pv1, 4),
  preadmitNumber: composite(pv1, 5, firstIdentifier),
  attending: composite(pv1, 7, cliniciansOf),
  service: plain(pv1, 10),
  admitSource: plain(pv1, 14),
  patientType: plain(pv1, 18),
  disposition: plain(pv1, 36),
  bedStatus: plain(pv1, 40),
  admittedAt: checked(pv1, 44, timeIn(timeZone)),
  dischargedAt: checked(pv1, 45, timeIn(timeZone)),
  admitReason: coded(pv2, 3),
  arrivalMode: plain(pv2, 38),
});

/** What MRG says is retired into the patient before it. */
export const readMerge = (mrg: SegmentReader, patient: AdtPatient): AdtMerge => ({
  patient,
  priorIdentifiers: identifiersIn(mrg, 1),
  priorAccount: composite(mrg, 3, firstIdentifier),
  priorVisit: composite(mrg, 5, firstIdentifier),
  priorName: composite(mrg, 7, personNameOf),
});
