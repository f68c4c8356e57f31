import { at } from '../arrays';
import { type HardRule, hardRules } from './hard-rules';
import { unplacedPrices } from './unplaced-price';
import { careLevels, type WardHouse } from './ward.contract';
import { peopleOf, type WardPeople } from './ward.people';
import type { WardProblem } from './ward.problem';

/** A hard rule as a bit of a mask. */
export const bitOf = (rule: HardRule): number => 1 << hardRules.indexOf(rule);

/** The rules of a mask. */
export const rulesOf = (mask: number): HardRule[] => hardRules.filter((rule) => (mask & bitOf(rule)) !== 0);

const [H1, H3, H4, H5, H6, H7, H9] = (['H1', 'H3', 'H4', 'H5', 'H6', 'H7', 'H9'] as const).map(bitOf) as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** The beds that no rule forbids a person whoever else is there, the cheapest first, and what each costs at least. */
export interface OpenBeds {
  readonly beds: Int32Array;
  readonly costs: Float64Array;
}

type Kind = WardHouse['requests'][number]['kind'];
const acuity: Partial<Record<Kind, number>> = { 'icu-step-up': 3, 'ed-urgent': 2, pacu: 2, ed: 1 };

/** Wards, rooms and beds in typed arrays. */
const bedTables = ({ house, roomWard, bedRoom }: WardProblem, people: WardPeople) => {
  const { wards, rooms, weights } = house;
  const count = people.specialties.size;
  const names = [...people.specialties.keys()];
  const specialty = wards.flatMap(({ specialties: { main, auxiliary } }) =>
    names.map((name) =>
      main.includes(name) ? 0 : auxiliary.includes(name) ? weights.auxiliarySpecialty : weights.outlier,
    ),
  );
  return {
    specialties: count,
    items: people.items.size,
    specialty: Float64Array.from(specialty),
    severe: Uint8Array.from(
      wards.flatMap(({ specialties: { severe } }) => names.map((name) => Number(severe.includes(name)))),
    ),
    level: Uint8Array.from(wards, ({ level }) => careLevels.indexOf(level)),
    minAge: Int32Array.from(wards, ({ minAgeDays }) => minAgeDays),
    endAge: Int32Array.from(wards, ({ endAgeDays }) => endAgeDays),
    floor: Int32Array.from(wards, ({ floor }) => floor),
    zone: Int32Array.from(wards, ({ zone }) => wards.findIndex((other) => other.zone === zone)),
    policy: Uint8Array.from(rooms, ({ policy }) => ['male', 'female', 'same', 'any'].indexOf(policy)),
    pressure: Uint8Array.from(rooms, ({ pressure }) => ['normal', 'negative', 'positive'].indexOf(pressure)),
    roomWard,
    has: equipmentOf(house, bedRoom, people.items),
  };
};

/** By bed and item: 1 = the bed or its room has it. Nobody asks for the items that are not listed. */
const equipmentOf = (
  { beds, rooms }: WardHouse,
  bedRoom: Int32Array,
  items: ReadonlyMap<string, number>,
): Uint8Array => {
  const has = new Uint8Array(beds.length * items.size);
  for (const [bed, { equipment }] of beds.entries())
    for (const list of [equipment, at(rooms, at(bedRoom, bed)).equipment])
      for (const item of list) {
        const place = items.get(item);
        if (place !== undefined) has[bed * items.size + place] = 1;
      }
  return has;
};

/** What rules and costs say of a person in a bed, whoever else is there; the class is for the speed of the search. */
export class WardTables {
  readonly people: WardPeople;
  readonly prices: Float64Array;
  /** The last hour at which a stay of the person may begin: of use, within the horizon, before a patient leaves. */
  readonly limit: Float64Array;
  readonly roomSize: Int32Array;
  /** Of a request: points for each hour of boarding above the target, and the hour at which they begin. */
  readonly boardingRate: Float64Array;
  readonly boardingFrom: Float64Array;
  /** Of a request: points for each hour from the one at which it could begin. */
  readonly delayRate: Float64Array;
  private readonly of: ReturnType<typeof bedTables>;
  private readonly open: (OpenBeds | undefined)[];

  constructor(readonly problem: WardProblem) {
    const { house, requests, people } = problem;
    this.people = peopleOf(problem);
    this.prices = unplacedPrices(problem);
    this.roomSize = Int32Array.from(problem.roomBeds, (beds) => beds.length);
    this.of = bedTables(problem, this.people);
    this.open = people.map(() => undefined);
    this.limit = Float64Array.from(people, (_, person) =>
      Math.min(house.horizonHours, person < requests ? at(problem.latest, person) : at(problem.stay, person) - 1e-9),
    );
    const { weights } = house;
    this.boardingRate = Float64Array.from(house.requests, ({ kind, waitingSince }) =>
      waitingSince === undefined ? 0 : 6 * weights.boarding * (acuity[kind] ?? 0),
    );
    this.boardingFrom = Float64Array.from(house.requests, ({ waitingSince, targetMinutes }) =>
      waitingSince === undefined
        ? Infinity
        : (Date.parse(waitingSince) - Date.parse(house.now)) / 3_600_000 + targetMinutes / 60,
    );
    this.delayRate = Float64Array.from(house.requests, ({ kind }) =>
      kind === 'elective' ? weights.electiveDelay / 24 : 0,
    );
  }

  /** The hard rules that a bed breaks for a person whoever else is there, as a mask. */
  brokenOf(person: number, bed: number): number {
    const room = this.problem.bedRoom[bed] as number;
    const ward = this.of.roomWard[room] as number;
    return (
      this.bedMask(person, bed) |
      this.wardMask(person, ward) |
      this.sexMask(person, room) |
      this.pressureMask(person, room)
    );
  }

  /** S1 to S6 of a person in a bed. */
  wishesOf(person: number, bed: number): number {
    const { weights } = this.problem.house;
    const room = this.problem.bedRoom[bed] as number;
    const prefers = this.people.prefers[person] as Int32Array;
    let cost = this.wardCost(person, this.of.roomWard[room] as number);
    if ((this.roomSize[room] as number) > (this.people.roomSize[person] as number)) cost += weights.roomTooLarge;
    for (const item of prefers) if (this.of.has[bed * this.of.items + item] !== 1) cost += weights.missingPreference;
    return cost;
  }

  /** The same, infinite where a rule forbids the bed. */
  costOf(person: number, bed: number): number {
    return this.brokenOf(person, bed) === 0 ? this.wishesOf(person, bed) : Infinity;
  }

  /** S8 and S9 of a stay that begins at an hour. */
  waitingOf(person: number, start: number): number {
    if (person >= this.problem.requests) return 0;
    const waited = start - (this.boardingFrom[person] as number);
    const delayed = start - (this.problem.ready[person] as number);
    const boarding = waited > 0 ? (this.boardingRate[person] as number) * waited : 0;
    return delayed > 0 ? boarding + (this.delayRate[person] as number) * delayed : boarding;
  }

  openOf(person: number): OpenBeds {
    return (this.open[person] ??= this.openFor(person));
  }

  private openFor(person: number): OpenBeds {
    const { wardBeds, bed: home } = this.problem;
    const own = home[person] as number;
    const beds: number[] = [];
    const costs = new Float64Array(this.problem.bedRoom.length);
    for (let ward = 0; ward < wardBeds.length; ward++) {
      if (this.wardMask(person, ward) !== 0) continue;
      for (const bed of wardBeds[ward] as readonly number[]) {
        if (bed === own || this.brokenOf(person, bed) !== 0) continue;
        costs[bed] = this.wishesOf(person, bed);
        beds.push(bed);
      }
    }
    const sorted = Int32Array.from(beds).sort((a, b) => (costs[a] as number) - (costs[b] as number) || a - b);
    return { beds: sorted, costs: Float64Array.from(sorted, (bed) => costs[bed] as number) };
  }

  /** Whether two may not be in one room at the same time; room -1 = in any that takes both sexes. */
  clash(one: number, other: number, room: number): boolean {
    const { classes, shareClass, clashes } = this.people;
    const same = this.of.policy[room] === 2 ? classes : 0;
    return clashes[(same + (shareClass[one] as number)) * classes + (shareClass[other] as number)] === 1;
  }

  private bedMask(person: number, bed: number): number {
    const reserved = this.problem.bedReservedFor[bed] as number;
    const closed = this.problem.bedReady[bed] === Infinity || (reserved >= 0 && reserved !== person);
    let mask = closed ? H1 : 0;
    const needs = this.people.needs[person] as Int32Array;
    for (const item of needs) if (this.of.has[bed * this.of.items + item] !== 1) mask |= H6;
    return mask;
  }

  private wardMask(person: number, ward: number): number {
    const age = this.people.age[person] as number;
    const { level, severe, minAge, endAge, specialties } = this.of;
    let mask = age < (minAge[ward] as number) || age >= (endAge[ward] as number) ? H4 : 0;
    if ((level[ward] as number) < (this.people.level[person] as number)) mask |= H7;
    const own = ward * specialties + (this.people.specialty[person] as number);
    return this.people.severe[person] === 1 && severe[own] !== 1 ? mask | H9 : mask;
  }

  private sexMask(person: number, room: number): number {
    const policy = this.of.policy[room] as number;
    const single = this.roomSize[room] === 1;
    if (policy === 3 || (single && policy === 2)) return 0;
    const sex = this.people.sex[person] as number;
    if (sex > 1) return single ? 0 : H3;
    return policy === 2 || policy === sex ? 0 : H3;
  }

  private pressureMask(person: number, room: number): number {
    const wanted = this.people.pressure[person] as number;
    return wanted === 0 || (this.roomSize[room] === 1 && this.of.pressure[room] === wanted) ? 0 : H5;
  }

  private wardCost(person: number, ward: number): number {
    const { weights } = this.problem.house;
    const cost = this.of.specialty[ward * this.of.specialties + (this.people.specialty[person] as number)] as number;
    if (person >= this.problem.requests) return cost + weights.move;
    const previous = this.people.previous[person] as number;
    return (
      cost +
      (previous < 0 || previous === ward ? 0 : weights.discontinuity) +
      weights.distance * this.floorsTo(this.people.attending[person] as number, ward)
    );
  }

  private floorsTo(attending: number, ward: number): number {
    if (attending < 0) return 0;
    const floors = Math.abs((this.of.floor[attending] as number) - (this.of.floor[ward] as number));
    return this.of.zone[attending] === this.of.zone[ward] ? floors : floors + 2;
  }
}

const tablesKept = new WeakMap<WardProblem, WardTables>();

/** The tables of a problem, made once. */
export const tablesOf = (problem: WardProblem): WardTables => {
  const known = tablesKept.get(problem) ?? new WardTables(problem);
  tablesKept.set(problem, known);
  return known;
};
