import { at } from '../arrays';
import { careLevels } from './ward.contract';
import { meet, metBy, roomOf, type Stay, stayOf, type Stays, wardOf } from './stays';
import type { Placement, WardPerson, WardProblem } from './ward.problem';

/** The rules that only a named bed manager may override, by the ids of the domain's list; `latest` = of no use any more. */
export const hardRules = ['H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'H7', 'H8', 'H9', 'latest'] as const;
export type HardRule = (typeof hardRules)[number];

/** What of a rule is broken. H6 says what is missing instead and H9 the specialty, in the house's own names. */
export const reasons = [
  'reserved-for-another',
  'closed',
  'not-ready',
  'not-cleaned',
  'occupied',
  'sex-not-known',
  'room-for-male',
  'room-for-female',
  'other-sex',
  'too-young',
  'too-old',
  'needs-negative-pressure-single',
  'needs-positive-pressure-single',
  'roommate',
  'needs-ward',
  'needs-hdu',
  'needs-icu',
  'ward-not-staffed',
  'too-late',
] as const;
export type Reason = (typeof reasons)[number];

/** A hard rule that a bed breaks for a person: what of it, and with whom. */
export interface Violation {
  readonly rule: HardRule;
  readonly why: string;
  /** Other people of the house, where they are the reason. */
  readonly with: readonly number[];
}

interface Case {
  readonly problem: WardProblem;
  readonly stays: Stays;
  readonly stay: Stay;
  readonly person: WardPerson;
  readonly roommates: readonly Stay[];
}

/** Every hard rule that a stay breaks among the others of a plan. */
export const violationsOf = (problem: WardProblem, stays: Stays, stay: Stay): Violation[] => {
  const roommates = metBy(stay, stays.inRoom.get(roomOf(problem, stay.bed))).filter(({ bed }) => bed !== stay.bed);
  const given: Case = { problem, stays, stay, person: at(problem.people, stay.person), roommates };
  return [bedState, occupancy, sexOfRoom, ageOfWard, isolation, equipment, level, nurses, severe, latest].flatMap(
    (rule) => rule(given),
  );
};

const violation = <Rule extends HardRule>(
  rule: Rule,
  why: Rule extends 'H6' | 'H9' ? string : Reason,
  others: readonly Stay[] = [],
): Violation[] => [{ rule, why, with: others.map(({ person }) => person) }];

/** H1: the bed is clean, or reserved for this person, when the stay begins. */
const bedState = ({ problem, stays, stay }: Case): Violation[] => {
  if (!stay.planned) return [];
  const reserved = at(problem.bedReservedFor, stay.bed);
  if (reserved >= 0 && reserved !== stay.person) return violation('H1', 'reserved-for-another');
  const ready = at(problem.bedReady, stay.bed);
  if (ready > stay.start) return violation('H1', ready === Infinity ? 'closed' : 'not-ready');
  const others = (stays.inBed.get(stay.bed) ?? []).filter((other) => other.person !== stay.person);
  const unclean = others.filter((other) => noTimeBetween(problem, other, stay) || noTimeBetween(problem, stay, other));
  return unclean.length > 0 ? violation('H1', 'not-cleaned', unclean) : [];
};

/** Whether one stay ends before the other begins, and the bed is not clean by then. */
const noTimeBetween = (problem: WardProblem, before: Stay, after: Stay): boolean =>
  before.end <= after.start && before.end + cleaningAfter(problem, before) > after.start;

/** Hours from the end of a stay to a clean bed. */
export const cleaningAfter = ({ house, people }: WardProblem, { person }: Stay): number =>
  at(people, person).isolation === 'none' ? house.cleaningHours : house.isolationCleaningHours;

/** H2: one person in a bed at a time. */
const occupancy = ({ stays, stay }: Case): Violation[] => {
  const others = metBy(stay, stays.inBed.get(stay.bed));
  return others.length > 0 ? violation('H2', 'occupied', others) : [];
};

/** H3: the sex that the room is for, or that lies in it; who is neither lies alone. */
const sexOfRoom = ({ problem, stay, person, roommates }: Case): Violation[] => {
  const room = roomOf(problem, stay.bed);
  const { policy } = at(problem.house.rooms, room);
  const single = at(problem.roomBeds, room).length === 1;
  if (policy === 'any' || (single && policy === 'same')) return [];
  if (person.sex !== 'male' && person.sex !== 'female') return single ? [] : violation('H3', 'sex-not-known');
  if (policy !== 'same') return person.sex === policy ? [] : violation('H3', `room-for-${policy}`);
  const others = roommates.filter((other) => at(problem.people, other.person).sex !== person.sex);
  return others.length > 0 ? violation('H3', 'other-sex', others) : [];
};

/** H4: the ages of the ward. */
const ageOfWard = ({ problem, stay, person }: Case): Violation[] => {
  const { minAgeDays, endAgeDays } = at(problem.house.wards, wardOf(problem, stay.bed));
  if (person.ageDays < minAgeDays) return violation('H4', 'too-young');
  return person.ageDays >= endAgeDays ? violation('H4', 'too-old') : [];
};

/** H5: airborne and protective isolation in their single rooms, contact and droplet alone or with the same organism. */
const isolation = ({ problem, stay, person, roommates }: Case): Violation[] => {
  const room = roomOf(problem, stay.bed);
  const { pressure } = at(problem.house.rooms, room);
  const single = at(problem.roomBeds, room).length === 1;
  if (person.isolation === 'airborne' && !(single && pressure === 'negative'))
    return violation('H5', 'needs-negative-pressure-single');
  if (person.isolation === 'protective' && !(single && pressure === 'positive'))
    return violation('H5', 'needs-positive-pressure-single');
  const unsafe = roommates.filter((other) => !mayShare(person, at(problem.people, other.person)));
  return unsafe.length > 0 ? violation('H5', 'roommate', unsafe) : [];
};

/** Whether two may lie in one room as far as infections go. */
const mayShare = (one: WardPerson, other: WardPerson): boolean => {
  if (one.isolation === 'none' && other.isolation === 'none') return true;
  if (one.immunocompromised || other.immunocompromised) return false;
  return one.isolation === other.isolation && one.organism !== undefined && one.organism === other.organism;
};

/** H6: what the person needs is at the bed or in the room. */
const equipment = ({ problem, stay, person }: Case): Violation[] => {
  const missing = person.needs.filter((need) => !hasEquipment(problem, stay.bed, need));
  return missing.length > 0 ? violation('H6', missing.join(' ')) : [];
};

/** Whether a bed or its room has something. */
export const hasEquipment = ({ house, bedRoom }: WardProblem, bed: number, item: string): boolean =>
  at(house.beds, bed).equipment.includes(item) || at(house.rooms, at(bedRoom, bed)).equipment.includes(item);

/** H7: the ward's level of care. */
const level = ({ problem, stay, person }: Case): Violation[] => {
  const ward = at(problem.house.wards, wardOf(problem, stay.bed));
  return careLevels.indexOf(ward.level) < careLevels.indexOf(person.level)
    ? violation('H7', `needs-${person.level}`)
    : [];
};

/** H8: at no time more patients in the ward than its nurses can look after. */
const nurses = ({ problem, stays, stay }: Case): Violation[] => {
  const ward = wardOf(problem, stay.bed);
  const others = metBy(stay, stays.inWard.get(ward));
  const { staffedBeds } = at(problem.house.wards, ward);
  if (others.length < staffedBeds) return [];
  // The number of patients only grows where somebody comes, so that it is enough to count then.
  const arrivals = [stay.start, ...others.map(({ start }) => start).filter((start) => start > stay.start)];
  const most = Math.max(
    ...arrivals.map((hour) => others.filter(({ start, end }) => start <= hour && hour < end).length),
  );
  return most + 1 > staffedBeds ? violation('H8', 'ward-not-staffed') : [];
};

/** H9: severe patients go where the ward takes severe patients of their specialty. */
const severe = ({ problem, stay, person }: Case): Violation[] => {
  const { specialties } = at(problem.house.wards, wardOf(problem, stay.bed));
  return person.severe && !specialties.severe.includes(person.specialty) ? violation('H9', person.specialty) : [];
};

const latest = ({ problem, stay }: Case): Violation[] =>
  stay.planned && stay.start > at(problem.latest, stay.person) ? violation('latest', 'too-late') : [];

/** The first hour from the start of a placement on at which its bed is free and clean for the whole stay. */
export const firstFree = (problem: WardProblem, stays: Stays, placement: Placement): number => {
  const others = stays.inBed.get(placement.bed) ?? [];
  let start = Math.max(placement.start, at(problem.bedReady, placement.bed));
  // Each turn passes one stay for good, so that there are no more turns than stays.
  for (let turn = 0; turn <= others.length; turn++) {
    const stay = stayOf(problem, { ...placement, start });
    const until = inTheWayUntil(problem, stay, others);
    if (until === -Infinity) break;
    start = until;
  }
  return start;
};

/** When the bed is clean after all who are in the way of a stay; minus infinite where nobody is. */
const inTheWayUntil = (problem: WardProblem, stay: Stay, others: readonly Stay[]): number => {
  let until = -Infinity;
  for (const other of others)
    if (
      other.person !== stay.person &&
      (meet(other, stay) || noTimeBetween(problem, other, stay) || noTimeBetween(problem, stay, other))
    )
      until = Math.max(until, other.end + cleaningAfter(problem, other));
  return until;
};
