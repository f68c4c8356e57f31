import { at } from '../arrays';
import { cleaningAfter, hasEquipment } from './hard-rules';
import { metBy, roomOf, type Stay, type Stays, wardOf } from './stays';
import type { WardHouse } from './ward.contract';
import type { WardPerson, WardProblem } from './ward.problem';

/** Soft constraints by the ids of the domain's list. */
export const softRules = ['S1', 'S2', 'S3', 'S4', 'S5', 'S6', 'S7', 'S8', 'S9', 'S10', 'S11'] as const;
export type SoftRule = (typeof softRules)[number];
export type SoftCosts = Readonly<Record<SoftRule, number>>;

interface Case {
  readonly problem: WardProblem;
  readonly stays: Stays;
  readonly stay: Stay;
  readonly person: WardPerson;
  readonly ward: WardHouse['wards'][number];
}

/** What each soft constraint costs for a stay among the others of a plan. */
export const softCostsOf = (problem: WardProblem, stays: Stays, stay: Stay): SoftCosts => {
  const ward = at(problem.house.wards, wardOf(problem, stay.bed));
  const given: Case = { problem, stays, stay, person: at(problem.people, stay.person), ward };
  const { weights } = problem.house;
  return {
    S1: specialty(given),
    S2:
      weights.missingPreference * given.person.prefers.filter((wish) => !hasEquipment(problem, stay.bed, wish)).length,
    S3: roomSize(given),
    S4: stay.person >= problem.requests ? weights.move : 0,
    S5: weights.distance * distance(given),
    S6: discontinuity(given),
    S7: weights.overstayRisk * overstayHours(given),
    S8: weights.boarding * boarding(given),
    S9: weights.electiveDelay * electiveDelay(given),
    S10: emergencyBeds(given),
    S11: weights.infectionRisk * infectionRisks(given),
  };
};

const requestOf = ({ problem, stay }: Case): WardHouse['requests'][number] | undefined =>
  problem.house.requests[stay.person];

/** S1: a ward of the specialty, one that can, or an outlier. */
const specialty = ({ problem, person, ward }: Case): number => {
  if (ward.specialties.main.includes(person.specialty)) return 0;
  const { auxiliarySpecialty, outlier } = problem.house.weights;
  return ward.specialties.auxiliary.includes(person.specialty) ? auxiliarySpecialty : outlier;
};

/** S3: a room larger than the person would like. */
const roomSize = ({ problem, stay, person }: Case): number => {
  const size = at(problem.roomBeds, roomOf(problem, stay.bed)).length;
  return person.roomSize !== undefined && size > person.roomSize ? problem.house.weights.roomTooLarge : 0;
};

/** S5: floors to the ward of the attending team, another zone as two. */
const distance = (given: Case): number => {
  const attending = given.problem.house.wards.find(({ id }) => id === requestOf(given)?.attendingWard);
  if (attending === undefined) return 0;
  return Math.abs(attending.floor - given.ward.floor) + (attending.zone === given.ward.zone ? 0 : 2);
};

/** S6: another ward than that of the earlier stay. */
const discontinuity = (given: Case): number => {
  const previous = requestOf(given)?.previousWard;
  return previous === undefined || previous === given.ward.id ? 0 : given.problem.house.weights.discontinuity;
};

/** S7: expected hours for which who lay there before still lies there, or the bed is not clean, when the stay begins. */
const overstayHours = ({ problem, stays, stay }: Case): number => {
  const before = (stays.inBed.get(stay.bed) ?? []).filter(
    (other) => other.person !== stay.person && other.end <= stay.start,
  );
  return before.reduce((hours, other) => hours + overlapHours(problem, other, stay.start), 0);
};

/** The mean of the hours above the start, where the leaving is logistic about its expectation. */
const overlapHours = (problem: WardProblem, before: Stay, start: number): number => {
  const scale = (at(problem.people, before.person).spreadHours * Math.sqrt(3)) / Math.PI;
  const slack = start - before.end - cleaningAfter(problem, before);
  return scale === 0 ? Math.max(0, -slack) : scale * Math.log1p(Math.exp(-slack / scale));
};

/** How much more a minute of boarding of a kind of request weighs. */
const acuity: Partial<Record<WardHouse['requests'][number]['kind'], number>> = {
  'icu-step-up': 3,
  'ed-urgent': 2,
  pacu: 2,
  ed: 1,
};

/** S8: tens of minutes of waiting above the target, by acuity. */
const boarding = (given: Case): number => {
  const request = requestOf(given);
  if (request?.waitingSince === undefined) return 0;
  const waited =
    (Date.parse(given.problem.house.now) - Date.parse(request.waitingSince)) / 60_000 + 60 * given.stay.start;
  return ((acuity[request.kind] ?? 0) * Math.max(0, waited - request.targetMinutes)) / 10;
};

/** S9: days that an elective patient waits from the day on which they could come. */
const electiveDelay = (given: Case): number =>
  requestOf(given)?.kind === 'elective'
    ? Math.max(0, given.stay.start - at(given.problem.ready, given.stay.person)) / 24
    : 0;

/** S10: whether this takes one of the beds that the ward wants to keep free for emergencies. */
const emergencyBeds = (given: Case): number => {
  const { problem, stays, stay, ward } = given;
  const kind = requestOf(given)?.kind;
  if (ward.emergencyBeds === 0 || (kind !== 'elective' && kind !== 'transfer')) return 0;
  const place = wardOf(problem, stay.bed);
  const beds = at(problem.wardBeds, place).filter((bed) => at(problem.bedReady, bed) <= stay.start);
  const taken = (stays.inWard.get(place) ?? []).filter(
    ({ person, start, end }) => person !== stay.person && start <= stay.start && stay.start < end,
  ).length;
  const free = Math.min(beds.length, ward.staffedBeds) - taken - 1;
  return free < ward.emergencyBeds ? problem.house.weights.emergencyBeds : 0;
};

/** S11: people in rooms beside it, one infectious and the other without defence. */
const infectionRisks = ({ problem, stays, stay, person }: Case): number => {
  const infectious = (other: WardPerson): boolean => other.isolation !== 'none' && other.isolation !== 'protective';
  const beside = at(problem.adjacentRooms, roomOf(problem, stay.bed)).flatMap((room) =>
    metBy(stay, stays.inRoom.get(room)),
  );
  return beside
    .map((other) => at(problem.people, other.person))
    .filter(
      (other) => (infectious(person) && other.immunocompromised) || (person.immunocompromised && infectious(other)),
    ).length;
};
