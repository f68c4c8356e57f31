import { at, placesOf } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import { type Calendar, calendarOf } from './days';
import { care, type PasuProblem, roomGender } from './pasu.problem';
import { attributeOf, childOf, childrenOf, numberOf, type XmlElement, xmlRoot } from './xml';

type Places = ReadonlyMap<string, number>;

/** What names mean in this file, and its time. */
interface Names {
  readonly specialisms: Places;
  readonly features: Places;
  readonly departments: Places;
  readonly rooms: Places;
  readonly treatments: ReadonlyMap<string, XmlElement>;
  readonly calendar: Calendar;
  readonly horizon: number;
}

/** Reads an instance in the format of OrPasInstance.xsd. */
export const readPasu = (text: string): Reading<PasuProblem> => reading(() => problemOf(xmlRoot(text)));

const problemOf = (root: XmlElement): PasuProblem => {
  if (root.name !== 'OrPasu_instance') malformed(`line ${root.line}`, `<${root.name}> where <OrPasu_instance> belongs`);
  const list = (name: string, entry: string): readonly XmlElement[] => childrenOf(childOf(root, name), entry);
  const period = childOf(childOf(root, 'descriptor'), 'Horizon');
  const horizon = numberOf(period, 'num_days');
  const [departments, rooms, treatments] = [
    list('departments', 'department'),
    list('rooms', 'room'),
    list('treatments', 'treatment'),
  ] as const;
  const names: Names = {
    specialisms: placesOf(list('specialisms', 'specialism').map(({ text }) => text)),
    features: placesOf(list('features', 'feature').map(({ text }) => text)),
    departments: placesByName(departments),
    rooms: placesByName(rooms),
    treatments: new Map(treatments.map((treatment) => [attributeOf(treatment, 'name'), treatment])),
    calendar: calendarOf(attributeOf(period, 'start_day'), period.line, 2 * horizon),
    horizon,
  };
  return {
    name: attributeOf(root, 'name'),
    start: names.calendar.start,
    horizon,
    days: 2 * horizon,
    specialisms: [...names.specialisms.keys()],
    features: [...names.features.keys()],
    departments: departmentsOf(departments, names),
    rooms: roomsOf(rooms, names),
    theatre: theatreOf(childOf(root, 'or_slots'), names),
    patients: patientsOf(list('patients', 'patient'), names),
  };
};

const placesByName = (elements: readonly XmlElement[]): Map<string, number> => {
  const places = new Map<string, number>();
  for (const element of elements) {
    const name = attributeOf(element, 'name');
    if (places.has(name)) malformed(`line ${element.line}`, `${name} for the second time`);
    places.set(name, places.size);
  }
  return places;
};

const named = <T>(known: ReadonlyMap<string, T>, name: string, { line }: XmlElement): T =>
  known.get(name) ?? malformed(`line ${line}`, `there is no ${name}`);

const departmentsOf = (departments: readonly XmlElement[], { specialisms }: Names): PasuProblem['departments'] => {
  const level = new Uint8Array(departments.length * specialisms.size);
  for (const [index, department] of departments.entries()) {
    const set = (kind: 'main' | 'aux', value: number): void => {
      for (const element of childrenOf(childOf(department, `${kind}_specialisms`), `${kind}_specialism`))
        level[index * specialisms.size + named(specialisms, element.text, element)] = value;
    };
    set('main', care.main);
    set('aux', care.auxiliary);
  }
  return {
    ids: departments.map((department) => attributeOf(department, 'name')),
    minAge: Int32Array.from(departments, (department) => numberOf(department, 'min_age', 0)),
    maxAge: Int32Array.from(departments, (department) => numberOf(department, 'max_age', 0)),
    care: level,
  };
};

const genders = new Map<string, number>([
  ['SameGender', roomGender.same],
  ['MaleOnly', roomGender.male],
  ['FemaleOnly', roomGender.female],
  ['Any', roomGender.any],
]);

const roomsOf = (rooms: readonly XmlElement[], { departments, features }: Names): PasuProblem['rooms'] => {
  const has = new Uint8Array(rooms.length * features.size);
  for (const [index, room] of rooms.entries())
    for (const feature of childrenOf(childOf(room, 'features'), 'feature'))
      has[index * features.size + named(features, feature.text, feature)] = 1;
  return {
    ids: rooms.map((room) => attributeOf(room, 'name')),
    capacity: Int32Array.from(rooms, (room) => numberOf(room, 'capacity')),
    department: Int32Array.from(rooms, (room) => named(departments, attributeOf(room, 'department'), room)),
    gender: Uint8Array.from(rooms, (room) => named(genders, room.attributes.get('gender_policy') ?? 'Any', room)),
    has,
  };
};

/** The slots of the horizon, and once more for the time after it. */
const theatreOf = (slots: XmlElement, { calendar, specialisms, horizon }: Names): PasuProblem['theatre'] => {
  const once = new Int32Array(horizon * specialisms.size);
  for (const day of childrenOf(slots, 'day')) {
    const since = calendar.dayOf(day, 'name');
    if (since >= horizon) malformed(`line ${day.line}`, 'theatre slots after the horizon');
    for (const assignment of childrenOf(day, 'specialism_assignment'))
      once[since * specialisms.size + named(specialisms, attributeOf(assignment, 'name'), assignment)] = numberOf(
        assignment,
        'number_or_slots',
      );
  }
  return { slotMinutes: numberOf(slots, 'slot_length'), slots: Int32Array.from([...once, ...once]) };
};

const patientsOf = (patients: readonly XmlElement[], names: Names): PasuProblem['patients'] => {
  const times = patients.map((patient) => timesOf(patient, names));
  const treatments = patients.map((patient) => named(names.treatments, attributeOf(patient, 'treatment'), patient));
  const column = (pick: (patient: XmlElement) => number): Int32Array => Int32Array.from(patients, pick);
  return {
    ids: [...placesByName(patients).keys()],
    age: column((patient) => numberOf(patient, 'age')),
    woman: Uint8Array.from(patients, womanOf),
    specialism: Int32Array.from(treatments, (treatment) =>
      named(names.specialisms, attributeOf(treatment, 'specialism'), treatment),
    ),
    registration: Int32Array.from(times, ({ registration }) => registration),
    admission: Int32Array.from(times, ({ admission }) => admission),
    maxAdmission: Int32Array.from(times, ({ maxAdmission }) => maxAdmission),
    stay: Int32Array.from(times, ({ stay }) => stay),
    mayOverstay: Uint8Array.from(patients, (patient) => numberOf(patient, 'variability')),
    room: column((patient) =>
      patient.attributes.has('room') ? named(names.rooms, attributeOf(patient, 'room'), patient) : -1,
    ),
    surgeryAfter: Int32Array.from(times, ({ surgeryAfter }) => surgeryAfter),
    surgeryMinutes: Int32Array.from(times, ({ surgeryAfter }, index) =>
      surgeryAfter < 0 ? 0 : numberOf(at(treatments, index), 'length'),
    ),
    preferredCapacity: column((patient) => numberOf(patient, 'preferred_capacity', 0)),
    needed: wishesOf(patients, names, 'needed'),
    preferred: wishesOf(patients, names, 'preferred'),
  };
};

const womanOf = (patient: XmlElement): number => {
  const gender = attributeOf(patient, 'gender');
  if (gender !== 'Female' && gender !== 'Male')
    malformed(`line ${patient.line}`, `the gender ${gender}, not Female or Male`);
  return gender === 'Female' ? 1 : 0;
};

interface Times {
  readonly registration: number;
  readonly admission: number;
  readonly maxAdmission: number;
  readonly stay: number;
  readonly surgeryAfter: number;
}

const timesOf = (patient: XmlElement, { calendar, horizon }: Names): Times => {
  const [registration, admission, discharge] = ['registration', 'admission', 'discharge'].map((name) =>
    calendar.dayOf(patient, name),
  ) as [number, number, number];
  const stay = discharge - admission;
  if (stay < 1 || admission < registration)
    malformed(`line ${patient.line}`, 'registration, admission and discharge are not in this order');
  const has = (name: string): boolean => patient.attributes.has(name);
  // Without a last day the patient may wait as long as the stay still fits into twice the horizon.
  const maxAdmission = has('max_admission') ? calendar.dayOf(patient, 'max_admission') : 2 * horizon - stay;
  const surgeryAfter = has('surgery_day') ? calendar.dayOf(patient, 'surgery_day') - admission : -1;
  if (has('surgery_day') && (surgeryAfter < 0 || surgeryAfter >= stay))
    malformed(`line ${patient.line}`, 'surgery_day is outside of the stay');
  return { registration, admission, maxAdmission, stay, surgeryAfter };
};

const wishesOf = (patients: readonly XmlElement[], { features }: Names, type: string): Uint8Array => {
  const wishes = new Uint8Array(patients.length * features.size);
  for (const [index, patient] of patients.entries())
    for (const property of childrenOf(childOf(patient, 'room_properties'), 'room_property'))
      if (attributeOf(property, 'type') === type)
        wishes[index * features.size + named(features, attributeOf(property, 'name'), property)] = 1;
  return wishes;
};
