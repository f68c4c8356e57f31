import { type Dice } from '../seed/dice';
import { createDice } from '../seed/dice';
import { createNames } from '../seed/names';
import { type RoomPatient } from '../seed/waiting-room/patient';
import { roomPatients } from '../seed/waiting-room/patients';

/** How a day is to be played; every chance in it comes from the seed. */
export interface DayOrder {
  readonly hours: number;
  readonly arrivals: number;
  /** Bedside monitors; each sends the vital signs of its patient every minute of the day. */
  readonly monitors: number;
  /** How many times as fast as ours the day passes. */
  readonly speed: number;
  readonly seed: number;
}

/** A patient of the day, and what becomes of them. Times are minutes: from the beginning of the day, or how long. */
export interface DayPatient {
  readonly number: number;
  readonly name: string;
  readonly comesAt: number;
  /** By a message of the hospital's system, or by the form at the desk. */
  readonly by: 'feed' | 'form';
  readonly template: RoomPatient;
  /** Gets worse so long after arriving, for a while; null: does not. */
  readonly worsensAfter: number | null;
  /** Goes away after so long if still waiting; null: stays. */
  readonly leavesAfter: number | null;
  /** The hospital's system corrects the address, or takes the arrival back, so long after; null: does not. */
  readonly correctedAfter: number | null;
  readonly cancelledAfter: number | null;
  /** How long a physician has the patient. */
  readonly treatedFor: number;
}

/** When something befalls the house, minutes from the beginning of the day. */
export interface DayEvents {
  readonly packChangedAt: number;
  readonly modelDownAt: number;
  readonly modelBackAt: number;
  readonly workerKilledAt: number;
  readonly temporalKilledAt: number;
  readonly postgresKilledAt: number;
  /** Ends of the first two of three shifts; the third ends with the day. */
  readonly shiftEnds: readonly [number, number];
}

/** What befalls a day of so many hours that begins at 08:00: of 24 hours a pack at noon, no model from 13 to 14, three kills. */
export const eventsOf = ({ hours }: Pick<DayOrder, 'hours'>): DayEvents => {
  const at = (ofADay: number): number => (hours * 60 * ofADay) / 24;
  return {
    packChangedAt: at(4),
    modelDownAt: at(5),
    modelBackAt: at(6),
    workerKilledAt: at(2.5),
    temporalKilledAt: at(9.5),
    postgresKilledAt: at(12.25),
    shiftEnds: [at(8), at(16)],
  };
};

/* Arrivals by hour from 08:00: a morning and an evening peak and a quiet night, as emergency desks see them (judgement). */
const hourlyWeights = [5, 7, 8, 8, 7, 6, 6, 6, 6, 6, 7, 8, 8, 7, 5, 4, 3, 2, 2, 1.5, 1.5, 1.5, 2, 3];

/** Writes the patients of a day, in the order in which they come. */
export const planDay = (order: DayOrder): DayPatient[] => {
  const dice = createDice(order.seed);
  const nameOf = createNames(dice);
  const times = Array.from({ length: order.arrivals }, () => arrivalAt(dice, order.hours)).toSorted((a, b) => a - b);
  return times.map((comesAt, at) => patientOf(dice, nameOf, { number: 1 + at, comesAt }));
};

const arrivalAt = (dice: Dice, hours: number): number => {
  const total = hourlyWeights.reduce((sum, weight) => sum + weight, 0);
  let left = dice.next() * total;
  const hour = hourlyWeights.findIndex((weight) => (left -= weight) < 0);
  return ((hour + dice.next()) * hours * 60) / hourlyWeights.length;
};

const assessable = roomPatients.filter(({ complaint, unidentified }) => complaint !== '' && !unidentified);

const patientOf = (
  dice: Dice,
  nameOf: ReturnType<typeof createNames>,
  { number, comesAt }: { number: number; comesAt: number },
): DayPatient => {
  const template = dice.pick(assessable as [RoomPatient, ...RoomPatient[]]);
  const by = dice.next() < 0.5 ? 'feed' : 'form';
  const perhaps = (share: number, low: number, high: number): number | null =>
    dice.next() < share ? dice.between(low, high) : null;
  const cancelledAfter = perhaps(0.03, 2, 4);
  const correctedAfter = perhaps(0.25, 5, 30);
  return {
    number,
    name: nameOf(template.sex),
    comesAt,
    by,
    template,
    worsensAfter: perhaps(0.1, 15, 90),
    leavesAfter: perhaps(0.03, 20, 60),
    correctedAfter: by === 'feed' ? correctedAfter : null,
    cancelledAfter: by === 'feed' ? cancelledAfter : null,
    treatedFor: dice.between(90, 210),
  };
};
