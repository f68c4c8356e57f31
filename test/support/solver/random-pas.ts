import type { PasProblem } from '../../../libs/solver/pas/pas.problem';
import { readPas } from '../../../libs/solver/pas/read-pas';
import { randomOf } from '../../../libs/solver/random';
import { valueOf } from './shared-beds';

/** A hospital by chance in the benchmark's own format: 3 departments, 10 nights; with 12 rooms and 60 patients a tight house. */
export const randomPas = (seed: number, patients = 60, count = 12): PasProblem => {
  const random = randomOf(seed);
  const rooms = Array.from({ length: count }, () => 1 + random.below(4));
  const beds = rooms.flatMap((size, room) => Array.from({ length: size }, () => room + 1));
  const flags = (): string => `${random.below(2)} ${random.below(2)}`;
  const rows = Array.from({ length: patients }, (_, index) => {
    const first = random.below(10);
    const [one, two] = [1 + random.below(4), random.below(3)];
    const parts = two === 0 ? `1 ${1 + random.below(3)} ${one}` : `2 1 ${one} ${1 + random.below(3)} ${two}`;
    const [age, gender] = [random.below(90), random.pick(['M', 'F'])];
    return `${index + 1} P${index + 1} ${age} ${gender} | ${first} ${first + one + two} | ${parts} | ${random.below(5)} | 0 ${random.below(2)} | ${flags()}`;
  });
  const text = [
    `Rooms: ${rooms.length}`,
    'Roomproperties: 2',
    `Beds: ${beds.length}`,
    'Departments: 3',
    'Specialisms: 3',
    `Patients: ${patients}`,
    'Planning horizon: 10',
    'SPECIALISMS:\n1 A\n2 B\n3 C',
    'DEPARTMENTS:\n1 X 0 0 | 1 1 2 2\n2 Y 0 70 | 1 2 2 3\n3 Z 12 0 | 1 3 2 1',
    'ROOMPROPERTIES:\n1 o\n2 t',
    'ROOMS:',
    ...rooms.map(
      (size, room) =>
        `${room + 1} R${room + 1} | ${size} | ${1 + random.below(3)} | ${random.pick(['D', 'D', 'D', 'M', 'F', 'N'])} | 1 1 ${1 + random.below(3)} 2 | ${flags()}`,
    ),
    'BEDS:',
    ...beds.map((room, bed) => `${bed + 1} ${room}`),
    'PATIENTS:',
    ...rows,
  ];
  return valueOf(readPas(text.join('\n')));
};
