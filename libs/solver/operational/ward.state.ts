import { at } from '../arrays';
import { drop } from './emergency-beds';
import type { Placement } from './ward.problem';
import { WardStays } from './ward.stays';
import type { WardTables } from './ward.tables';

/**
 * A plan as the search changes it: every change is cheap, costs what the evaluator would say, and breaks no hard rule,
 * if its start came from {@link earliest}. Slots are the planned stays by person, then the patients in house in their
 * beds until they leave or are moved.
 */
export class WardState extends WardStays {
  /** Soft costs and the prices of requests without a bed. */
  cost: number;
  /** Patients in house who are moved, in no order. */
  readonly away: number[] = [];
  private readonly limit: Float64Array;

  constructor(tables: WardTables, plan: readonly Placement[]) {
    super(tables);
    this.limit = tables.limit;
    this.cost = tables.prices.reduce((sum, price) => sum + price, 0);
    for (let slot = this.persons; slot < this.bed.length; slot++) this.add(slot);
    for (const { person, bed, start } of plan) this.put(person, bed, start);
  }

  /** Whether a person has a bed by the plan: a request one at all, a patient in house another one. */
  planned(person: number): boolean {
    return (this.bed[person] as number) >= 0;
  }

  put(person: number, bed: number, start: number): void {
    if (person < this.requests) this.cost -= this.tables.prices[person] as number;
    else {
      this.present(person, start);
      this.away.push(person);
    }
    this.set(person, bed, start);
    this.cost += this.ownCost(person) + this.shared(person);
    this.add(person);
  }

  take(person: number): void {
    this.remove(person);
    this.cost -= this.ownCost(person) + this.shared(person);
    this.bed[person] = -1;
    if (person < this.requests) this.cost += this.tables.prices[person] as number;
    else {
      this.present(person, Infinity);
      drop(this.away, person);
    }
  }

  /** What the plan would cost more with a request in a bed, less its price. The request has no bed yet. */
  quote(person: number, bed: number, start: number): number {
    this.set(person, bed, start);
    const cost = this.ownCost(person) + this.shared(person);
    this.bed[person] = -1;
    return cost;
  }

  /** The first hour, not before the given one, from which a person may have a bed whom the plan places nowhere else. */
  earliest(person: number, bed: number, from: number): number {
    const limit = this.limit[person] as number;
    let start = Math.max(from, this.ready[person] as number, this.bedReady[bed] as number);
    while (start <= limit) {
      const until = this.blockedUntil(person, bed, start);
      if (until < 0) return start;
      start = until;
    }
    return Infinity;
  }

  /** The same from the hour at which the person could come, whether that is still of use or not and the bed clean or not. */
  whenever(person: number, bed: number): number {
    const ready = this.bedReady[bed] as number;
    let start = Math.max(this.ready[person] as number, ready === Infinity ? 0 : ready);
    for (let until = start; until >= 0; until = this.blockedUntil(person, bed, start)) start = until;
    return start;
  }

  /** The slots that forbid a person to begin in a bed at an hour. */
  inTheWay(person: number, bed: number, start: number): number[] {
    this.probe(person, bed, start);
    const slots = this.inRoom[this.problem.bedRoom[bed] as number] as number[];
    return slots.filter((slot) => this.blocks(slot) >= 0);
  }

  /** Whether a patient who is moved may as well stay. */
  mayStay(person: number): boolean {
    const home = this.problem.bed[person] as number;
    return this.blockedUntil(person, home, this.start[person] as number) < 0;
  }

  /** Who lies in a bed last before an hour, as a slot; -1 = nobody. */
  before(bed: number, hour: number): number {
    let last = -1;
    for (const slot of this.inRoom[this.problem.bedRoom[bed] as number] as number[])
      if (this.bed[slot] === bed && (this.free[slot] as number) <= hour)
        if (last < 0 || (this.free[slot] as number) > (this.free[last] as number)) last = slot;
    return last;
  }

  /** The placements, in the order of people. */
  plan(): Placement[] {
    return [...this.problem.people.keys()]
      .filter((person) => this.planned(person))
      .map((person) => ({ person, bed: at(this.bed, person), start: at(this.start, person) }));
  }

  private ownCost(person: number): number {
    return (
      this.tables.wishesOf(person, this.bed[person] as number) +
      this.tables.waitingOf(person, this.start[person] as number)
    );
  }

  /** A patient in house lies in the bed of today until an hour, or (infinite) until leaving. */
  present(person: number, until: number): void {
    const slot = this.slotInHouse(person);
    this.remove(slot);
    this.cost -= this.shared(slot);
    const leaves = this.stay[person] as number;
    this.end[slot] = Math.min(leaves, until);
    this.free[slot] = (this.end[slot] as number) + (this.cleaning[person] as number);
    this.cost += this.shared(slot);
    this.add(slot);
  }
}
