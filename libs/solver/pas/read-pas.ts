import { malformed, reading, type Reading } from '../failure';
import { type PasProblem, roomPolicy } from './pas.problem';
import {
  countOf,
  numbersOf,
  pairsOf,
  type Row,
  rowsOf,
  type Sections,
  sectionsOf,
  tokensOf,
  wholeNumber,
} from './sections';

/** Reads an instance in the format of Demeester et al.; nights beyond the horizon are cut off. */
export const readPas = (text: string): Reading<PasProblem> => reading(() => problemOf(sectionsOf(text)));

/** Where an id of the file lies in our columns. */
interface Places {
  readonly specialisms: Places1;
  readonly departments: Places1;
  readonly rooms: Places1;
  readonly properties: number;
  readonly nights: number;
}
type Places1 = ReadonlyMap<string, number>;

const problemOf = (sections: Sections): PasProblem => {
  const section = (name: string, count: string): readonly Row[] => rowsOf(sections, name, countOf(sections, count));
  const specialisms = section('SPECIALISMS', 'Specialisms');
  const departments = section('DEPARTMENTS', 'Departments');
  const rooms = section('ROOMS', 'Rooms');
  const places: Places = {
    specialisms: new Map([
      ['0', 0] as const,
      ...[...placesOfRows(specialisms)].map(([id, place]) => [id, place + 1] as const),
    ]),
    departments: placesOfRows(departments),
    rooms: placesOfRows(rooms),
    properties: section('ROOMPROPERTIES', 'Roomproperties').length,
    nights: countOf(sections, 'Planning horizon'),
  };
  return {
    nights: places.nights,
    specialisms: specialisms.length,
    properties: places.properties,
    departments: departmentsOf(departments, places),
    rooms: roomsOf(rooms, places),
    beds: bedsOf(section('BEDS', 'Beds'), places),
    ...patientsOf(section('PATIENTS', 'Patients'), places),
  };
};

const idOf = (row: Row): string => tokensOf(row, 0)[0] ?? malformed(`line ${row.line}`, 'no id');

const placesOfRows = (rows: readonly Row[]): Map<string, number> => {
  const places = new Map<string, number>();
  for (const row of rows) {
    if (places.has(idOf(row))) malformed(`line ${row.line}`, `the id ${idOf(row)} for the second time`);
    places.set(idOf(row), places.size);
  }
  return places;
};

const placeOf = (places: Places1, id: string | number | undefined, row: Row): number =>
  places.get(String(id)) ?? malformed(`line ${row.line}`, `nothing has the id ${id ?? ''}`);

const departmentsOf = (rows: readonly Row[], { specialisms }: Places): PasProblem['departments'] => {
  const treats = new Uint8Array(rows.length * specialisms.size);
  for (const [department, row] of rows.entries())
    for (const [, specialism] of pairsOf(numbersOf(row, 1), row))
      treats[department * specialisms.size + placeOf(specialisms, specialism, row)] = specialism === 0 ? 0 : 1;
  return {
    ids: rows.map(idOf),
    minAge: Int32Array.from(rows, (row) => wholeNumber(tokensOf(row, 0, 4)[2], row)),
    maxAge: Int32Array.from(rows, (row) => wholeNumber(tokensOf(row, 0, 4)[3], row)),
    treats,
  };
};

const policies = new Map<string | undefined, number>([
  ['D', roomPolicy.same],
  ['M', roomPolicy.male],
  ['F', roomPolicy.female],
  ['N', roomPolicy.any],
]);

const policyOf = (row: Row): number => {
  const [letter] = tokensOf(row, 3, 1);
  return policies.get(letter) ?? malformed(`line ${row.line}`, `the gender policy ${letter}, not D, M, F or N`);
};

const roomsOf = (rows: readonly Row[], places: Places): PasProblem['rooms'] => {
  const { specialisms, departments, properties } = places;
  const priority = new Uint8Array(rows.length * specialisms.size);
  for (const [room, row] of rows.entries())
    for (const [level, specialism] of pairsOf(numbersOf(row, 4), row))
      if (specialism !== 0) priority[room * specialisms.size + placeOf(specialisms, specialism, row)] = level;
  return {
    ids: rows.map(idOf),
    capacity: Int32Array.from(rows, (row) => numbersOf(row, 1, 1)[0] ?? 0),
    department: Int32Array.from(rows, (row) => placeOf(departments, tokensOf(row, 2, 1)[0], row)),
    policy: Uint8Array.from(rows, policyOf),
    priority,
    has: Uint8Array.from(rows.flatMap((row) => flagsOf(row, 5, properties))),
  };
};

const flagsOf = (row: Row, cell: number, count: number): number[] =>
  numbersOf(row, cell, count).map((flag) =>
    flag > 1 ? malformed(`line ${row.line}`, `${flag} where 0 or 1 belongs`) : flag,
  );

const bedsOf = (rows: readonly Row[], { rooms }: Places): PasProblem['beds'] => ({
  ids: [...placesOfRows(rows).keys()],
  room: Int32Array.from(rows, (row) => placeOf(rooms, tokensOf(row, 0, 2)[1], row)),
});

interface Part {
  readonly patient: number;
  readonly number: number;
  readonly specialism: number;
  readonly first: number;
  readonly end: number;
}

const patientsOf = (rows: readonly Row[], places: Places): Pick<PasProblem, 'patients' | 'parts'> => {
  const parts = rows.flatMap((row, patient) => partsOf(row, patient, places));
  const required = rows.flatMap((row) => flagsOf(row, 4, places.properties));
  const preferred = rows.flatMap((row) => flagsOf(row, 5, places.properties));
  const column = (name: keyof Part): Int32Array => Int32Array.from(parts, (part) => part[name]);
  return {
    patients: {
      ids: [...placesOfRows(rows).keys()],
      age: Int32Array.from(rows, (row) => wholeNumber(tokensOf(row, 0, 4)[2], row)),
      woman: Uint8Array.from(rows, womanOf),
      preferredCapacity: Int32Array.from(rows, (row) => numbersOf(row, 3, 1)[0] ?? 0),
      required: Uint8Array.from(required),
      preferred: Uint8Array.from(preferred, (flag, index) => (required[index] === 1 ? 0 : flag)),
    },
    parts: {
      patient: column('patient'),
      number: column('number'),
      specialism: column('specialism'),
      first: column('first'),
      end: column('end'),
    },
  };
};

const womanOf = (row: Row): number => {
  const gender = tokensOf(row, 0, 4)[3];
  if (gender !== 'F' && gender !== 'M') malformed(`line ${row.line}`, `the gender ${gender}, not F or M`);
  return gender === 'F' ? 1 : 0;
};

const partsOf = (row: Row, patient: number, { specialisms, nights }: Places): Part[] => {
  const [first = 0, last = 0] = numbersOf(row, 1, 2);
  if (first > last) malformed(`line ${row.line}`, `a stay that ends (${last}) before it begins (${first})`);
  const [count = 0, ...list] = numbersOf(row, 2);
  const stretches = pairsOf(list, row);
  if (stretches.length !== count)
    malformed(`line ${row.line}`, `${stretches.length} parts where ${count} are announced`);
  if (first === last) return [];
  let begin = first;
  const parts = stretches.map(([specialism, length], index) => {
    const part = {
      patient,
      number: index + 1,
      specialism: placeOf(specialisms, specialism, row),
      first: begin,
      end: begin + length,
    };
    begin = part.end;
    return part;
  });
  return parts.map((part) => ({ ...part, end: Math.min(part.end, nights) })).filter((part) => part.first < part.end);
};
