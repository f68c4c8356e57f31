import { type Repetition, textOf } from './fields';
import { nameIn, type PersonName } from './person-name';

/** An identifier (CX): value, who assigned it (namespace id, else universal id), and its type (`MR`, `PI`, `NNCHN` …). */
export interface Hl7Identifier {
  readonly value: string;
  readonly assigningAuthority?: string;
  readonly type?: string;
}

/** A telephone number (XTN) with its use (`PRN`, `WPN` …) and equipment (`PH`, `CP` …). */
export interface Phone {
  readonly number: string;
  readonly use?: string;
  readonly equipment?: string;
}

/** An address (XAD); `text` is the whole of it in the order of its language. */
export interface Address {
  readonly text: string;
  readonly street?: string;
  readonly other?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
}

/** A place in the hospital (PL): point of care (ward), room, bed, facility. */
export interface PersonLocation {
  readonly pointOfCare?: string;
  readonly room?: string;
  readonly bed?: string;
  readonly facility?: string;
  readonly status?: string;
  readonly type?: string;
  readonly building?: string;
  readonly floor?: string;
}

/** A clinician (XCN). */
export interface Clinician {
  readonly id?: string;
  readonly name?: PersonName;
}

type Texts<K extends string> = Readonly<Partial<Record<K, string>>>;

const textsOf = <K extends string>(repetition: Repetition | undefined, names: readonly K[]): Texts<K> => {
  const found: Partial<Record<K, string>> = {};
  names.forEach((name, index) => {
    const text = textOf(repetition, index + 1);
    if (text !== undefined) found[name] = text;
  });
  return found;
};

/** One identifier; undefined without a value. */
export const identifierOf = (repetition: Repetition | undefined): Hl7Identifier | undefined => {
  const value = textOf(repetition, 1);
  if (value === undefined) return undefined;
  const assigningAuthority = textOf(repetition, 4) ?? textOf(repetition, 4, 2);
  const type = textOf(repetition, 5);
  return {
    value,
    ...(assigningAuthority !== undefined && { assigningAuthority }),
    ...(type !== undefined && { type }),
  };
};

/** The identifiers of a repeating field, each once; undefined when none has a value. */
export const identifiersOf = (repetitions: readonly Repetition[]): readonly Hl7Identifier[] | undefined => {
  const found = new Map<string, Hl7Identifier>();
  for (const repetition of repetitions) {
    const identifier = identifierOf(repetition);
    const key = identifier && JSON.stringify([identifier.value, identifier.assigningAuthority, identifier.type]);
    if (identifier && key !== undefined && !found.has(key)) found.set(key, identifier);
  }
  return found.size === 0 ? undefined : [...found.values()];
};

const isElectronic = (repetition: Repetition): boolean =>
  textOf(repetition, 2) === 'NET' || ['Internet', 'X.400'].includes(textOf(repetition, 3) ?? '');

const numberOf = (repetition: Repetition): string | undefined => {
  const parts = [5, 6, 7].map((component) => textOf(repetition, component)).filter((part) => part !== undefined);
  return textOf(repetition, 1) ?? textOf(repetition, 12) ?? (parts.join('-') || undefined);
};

const phoneOf = (repetition: Repetition): Phone | undefined => {
  const number = isElectronic(repetition) ? undefined : numberOf(repetition);
  if (number === undefined) return undefined;
  const use = textOf(repetition, 2);
  const equipment = textOf(repetition, 3);
  return { number, ...(use !== undefined && { use }), ...(equipment !== undefined && { equipment }) };
};

/** The telephone numbers of a repeating field, mail addresses left out; undefined when there is none. */
export const phonesOf = (repetitions: readonly Repetition[]): readonly Phone[] | undefined => {
  const phones = repetitions.map(phoneOf).filter((phone) => phone !== undefined);
  return phones.length === 0 ? undefined : phones;
};

const addressText = (parts: Omit<Address, 'text'>): string => {
  const { street, other, city, state, postalCode, country } = parts;
  const chinese = [country, state, city, street, other].filter((part) => part !== undefined).join('');
  if (/\p{Script=Han}/u.test(chinese)) return chinese;
  return [street, other, city, state, postalCode, country].filter((part) => part !== undefined).join(', ');
};

/** The first address of a field that has text; undefined when none has. */
export const addressOf = (repetitions: readonly Repetition[]): Address | undefined => {
  const addresses = repetitions.map((repetition) => {
    const parts = textsOf(repetition, ['street', 'other', 'city', 'state', 'postalCode', 'country']);
    return { ...parts, text: addressText(parts) };
  });
  return addresses.find((address) => address.text !== '');
};

const locationParts = ['pointOfCare', 'room', 'bed', 'facility', 'status', 'type', 'building', 'floor'] as const;

/** The place a field names; a bed that is not named leaves the ward alone. */
export const locationOf = (repetitions: readonly Repetition[]): PersonLocation | undefined => {
  const location = textsOf(repetitions[0], locationParts);
  return Object.keys(location).length === 0 ? undefined : location;
};

/** The clinicians of a repeating field that have an id or a name; undefined when there is none. */
export const cliniciansOf = (repetitions: readonly Repetition[]): readonly Clinician[] | undefined => {
  const clinicians = repetitions.map((repetition): Clinician => {
    const id = textOf(repetition, 1);
    const name = nameIn(repetition, 2);
    return { ...(id !== undefined && { id }), ...(name && { name }) };
  });
  const known = clinicians.filter((clinician) => clinician.id !== undefined || clinician.name !== undefined);
  return known.length === 0 ? undefined : known;
};

// A code of a message must not reach what every object inherits.
const own = <T>(table: Readonly<Record<string, T>>, code: string): T | undefined =>
  Object.hasOwn(table, code) ? table[code] : undefined;

const sexes: Readonly<Record<string, 'female' | 'male' | 'other' | 'unknown'>> = {
  F: 'female',
  M: 'male',
  O: 'other',
  A: 'other',
  N: 'other',
  U: 'unknown',
  '0': 'unknown',
  '1': 'male',
  '2': 'female',
  '9': 'unknown',
  男: 'male',
  女: 'female',
};

/** Administrative sex of table 0001, of GB/T 2261.1 (0 1 2 9) or written out in Chinese; undefined for other codes. */
export const sexOf = (code: string): 'female' | 'male' | 'other' | 'unknown' | undefined =>
  own(sexes, code.toUpperCase());

const answers: Readonly<Record<string, boolean>> = { Y: true, YES: true, N: false, NO: false };

/** Y or N of table 0136, also written out, as real feeds do; undefined for other codes. */
export const yesOrNo = (code: string): boolean | undefined => own(answers, code.toUpperCase());
