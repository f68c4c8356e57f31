import type { PasuProblem } from '../../../libs/solver/pasu/pasu.problem';
import { type Random, randomOf } from '../../../libs/solver/random';

const horizon = 7;
const days = 2 * horizon;

const numbers = (length: number, draw: (index: number) => number): Int32Array =>
  Int32Array.from({ length }, (_, index) => draw(index));
const flags = (length: number, draw: () => number): Uint8Array => Uint8Array.from({ length }, draw);

const houseOf = (random: Random): Pick<PasuProblem, 'departments' | 'rooms' | 'theatre'> => ({
  departments: {
    ids: ['X', 'Y'],
    minAge: Int32Array.of(0, 16),
    maxAge: Int32Array.of(70, 0),
    // The second specialism is treated in both, the first one in X and beside other things in Y, the third the other way.
    care: Uint8Array.of(1, 1, 2, 2, 1, 1),
  },
  rooms: {
    ids: Array.from({ length: 8 }, (_, room) => `R${room}`),
    capacity: numbers(8, () => 1 + random.below(4)),
    department: numbers(8, (room) => room % 2),
    gender: flags(8, () => random.pick([0, 0, 0, 1, 2, 3])),
    has: flags(16, () => (random.chance(0.7) ? 1 : 0)),
  },
  theatre: { slotMinutes: 120, slots: numbers(days * 3, () => (random.chance(0.5) ? 1 + random.below(2) : 0)) },
});

const peopleOf = (random: Random, count: number): PasuProblem['patients'] => {
  const admission = numbers(count, () => random.below(horizon));
  const stay = numbers(count, () => 1 + random.below(4));
  const inHouse = flags(count, () => 0).map((_, patient) => (patient < 4 ? 1 : 0));
  const come = admission.map((day, patient) => (inHouse[patient] === 1 ? 0 : day));
  const surgeryAfter = stay.map((nights) => (random.chance(0.4) ? random.below(nights) : -1));
  return {
    ids: Array.from({ length: count }, (_, patient) => `P${patient}`),
    age: numbers(count, () => 20 + random.below(50)),
    woman: flags(count, () => random.below(2)),
    specialism: numbers(count, () => random.below(3)),
    registration: come.map((day) => random.below(day + 1)),
    admission: come,
    maxAdmission: come.map((day, patient) => (random.chance(0.1) ? day : days - (stay[patient] ?? 0))),
    stay,
    mayOverstay: flags(count, () => random.below(2)),
    room: numbers(count, (patient) => (inHouse[patient] === 1 ? patient : -1)),
    surgeryAfter: surgeryAfter.map((after, patient) => (inHouse[patient] === 1 ? -1 : after)),
    surgeryMinutes: surgeryAfter.map((after, patient) =>
      after < 0 || inHouse[patient] === 1 ? 0 : 20 + 10 * random.below(7),
    ),
    preferredCapacity: numbers(count, () => random.below(4)),
    needed: flags(count * 2, () => (random.chance(0.1) ? 1 : 0)),
    preferred: flags(count * 2, () => random.below(2)),
  };
};

/** A hospital by chance: eight rooms in two departments, a week and one more, four patients in house at the beginning. */
export const randomPasu = (seed: number, patients = 50): PasuProblem => {
  const random = randomOf(seed);
  return {
    name: `random-${seed}`,
    start: '2026-03-02',
    horizon,
    days,
    specialisms: ['A', 'B', 'C'],
    features: ['oxygen', 'tv'],
    ...houseOf(random),
    patients: peopleOf(random, patients),
  };
};
