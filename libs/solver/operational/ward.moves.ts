import { at } from '../arrays';
import type { Random } from '../random';
import type { WardState } from './ward.state';

/** How deep a chain of people goes who put each other out of their beds. */
const depth = 4;

/** A bed somebody could go to, from when on, and when a person could come who then has room. */
export interface Freed {
  readonly bed: number;
  readonly start: number;
  readonly begins: number;
}

/** The changes of a plan that the search tries. Each is made at once, and taken back where it is not wanted. */
export class WardMoves {
  private readonly people: number[] = [];
  private readonly beds: number[] = [];
  private readonly starts: number[] = [];
  private costBefore = 0;
  private readonly requests: number;
  private readonly movable: Uint8Array;
  private bed = -1;
  private start = Infinity;

  constructor(
    private readonly state: WardState,
    /** Patients in house who may be away from their beds at once. */
    private readonly mostMoved: number,
    /** For whom beds are looked for; without it, for every request. */
    private readonly focus: readonly number[] = [],
  ) {
    const { problem } = state.tables;
    this.requests = problem.requests;
    this.movable = Uint8Array.from(problem.people, (person) => Number('movable' in person && person.movable));
  }

  /** Makes a change; its difference in cost, or infinite where none was possible and all is as before. */
  propose(random: Random): number {
    this.costBefore = this.state.cost;
    this.people.length = 0;
    const made = this.attempt(random);
    if (!made) this.rollback();
    return made ? this.state.cost - this.costBefore : Infinity;
  }

  /** Takes the last change back. */
  rollback(): void {
    for (let step = this.people.length - 1; step >= 0; step--)
      this.write(this.people[step] as number, this.beds[step] as number, this.starts[step] as number);
    this.people.length = 0;
    this.state.cost = this.costBefore;
  }

  /** Gives a person the best bed that is free, with nobody put out; false where there is none. */
  settle(person: number, until: number): boolean {
    if (!this.findBed(person, until)) return false;
    this.change(person, this.bed, this.start);
    return true;
  }

  /** What if a patient in house were in the best other bed by an hour, or a request in another than this one. */
  tryMove(
    other: number,
    until: number,
    { person, bed }: Readonly<Record<'person' | 'bed', number>>,
  ): Freed | undefined {
    this.costBefore = this.state.cost;
    this.people.length = 0;
    const start =
      other < this.requests ? this.tryInstead(other, person, bed) : this.tryAfter(other, until, { person, bed });
    const freed = { bed: at(this.state.bed, other), start: at(this.state.start, other), begins: start };
    this.rollback();
    return start === Infinity ? undefined : freed;
  }

  private tryAfter(other: number, until: number, { person, bed }: Readonly<Record<'person' | 'bed', number>>): number {
    const may = this.movable[other] === 1 && !this.state.planned(other);
    return may && this.settle(other, until) ? this.state.earliest(person, bed, 0) : Infinity;
  }

  private tryInstead(other: number, person: number, bed: number): number {
    this.change(other, -1, 0);
    const start = this.state.earliest(person, bed, 0);
    if (start === Infinity) return start;
    this.change(person, bed, start);
    return this.settle(other, Infinity) ? start : Infinity;
  }

  private attempt(random: Random): boolean {
    const { away } = this.state;
    const draw = random.next();
    if (draw < 0.1 && away.length > 0) return this.bringBack(random.pick(away), random);
    const person = this.someone(random);
    if (draw < 0.3) return this.relocate(person, this.someBed(person, random), random);
    if (draw < 0.35) return this.relocate(person, this.state.bed[person] as number, random);
    return this.chain(person, random);
  }

  /** A request, more often one without a bed. */
  private someone(random: Random): number {
    if (this.focus.length > 0) return random.pick(this.focus);
    const first = random.below(this.requests);
    if (random.chance(0.5)) return first;
    for (let step = 0; step < this.requests; step++) {
      const person = (first + step) % this.requests;
      if (!this.state.planned(person)) return person;
    }
    return first;
  }

  /** A bed that may take somebody, the cheap ones more often. */
  private someBed(person: number, random: Random): number {
    const { beds } = this.state.tables.openOf(person);
    const draw = random.next();
    return beds.length === 0 ? -1 : (beds[Math.floor(draw * draw * beds.length)] as number);
  }

  private relocate(person: number, bed: number, random: Random): boolean {
    if (bed < 0) return false;
    const wait = random.chance(0.5) ? 0 : 24 * random.next() * random.next();
    const start = this.state.earliest(person, bed, (this.state.tables.problem.ready[person] as number) + wait);
    if (start === Infinity) return false;
    if (this.state.planned(person)) this.change(person, -1, 0);
    this.change(person, bed, wait > 0 ? start : this.timed(person, bed, start));
    return true;
  }

  private bringBack(person: number, random: Random): boolean {
    if (this.state.mayStay(person)) {
      this.change(person, -1, 0);
      return true;
    }
    const bed = this.someBed(person, random);
    const start = bed < 0 ? Infinity : this.state.earliest(person, bed, 0);
    if (start > (this.state.start[person] as number)) return false;
    this.change(person, bed, start);
    return true;
  }

  /** Puts a person into a bed and who is in the way out of it, who then look for beds in turn. */
  private chain(first: number, random: Random): boolean {
    const waiting = [first];
    for (let step = 0; waiting.length > 0 && step < depth; step++) {
      const person = waiting.shift() as number;
      const direct = step > 0 && this.settle(person, Infinity);
      if (direct) continue;
      const bed = this.someBed(person, random);
      if (bed < 0 || !this.push(person, bed, { random, waiting })) {
        if (step === 0) return false;
        continue;
      }
    }
    for (const person of waiting) this.settle(person, Infinity);
    return true;
  }

  private push(person: number, bed: number, { random, waiting }: { random: Random; waiting: number[] }): boolean {
    const { state } = this;
    const start = this.startAmong(person, bed, random.chance(0.5));
    if (start === Infinity) return false;
    for (const slot of state.inTheWay(person, bed, start)) {
      const other = state.personOf(slot);
      if (other !== slot && !this.moveAway(other, start - this.gap(other, bed))) return false;
      if (other !== slot) continue;
      if (other >= this.requests) {
        if (!this.moveAway(other, state.start[other] as number)) return false;
      } else {
        this.change(other, -1, 0);
        waiting.push(other);
      }
    }
    const begins = state.earliest(person, bed, start);
    if (begins === Infinity) return false;
    if (state.planned(person)) this.change(person, -1, 0);
    this.change(person, bed, this.timed(person, bed, begins));
    return true;
  }

  private gap(person: number, bed: number): number {
    const { problem, people } = this.state.tables;
    return problem.bed[person] === bed ? (people.cleaning[person] as number) : 0;
  }

  /** The first hour at which nobody is in the way in a bed but who may be put out of it. */
  private startAmong(person: number, bed: number, moving: boolean): number {
    const { state } = this;
    const { problem, limit } = state.tables;
    const last = limit[person] as number;
    let start = Math.max(problem.ready[person] as number, problem.bedReady[bed] as number);
    while (start <= last) {
      let until = -1;
      for (const slot of state.inTheWay(person, bed, start)) {
        const other = state.personOf(slot);
        if (other === slot || (moving && this.mayMove(other) && start >= this.gap(other, bed))) continue;
        until = Math.max(until, (state.bed[slot] === bed ? state.free[slot] : state.end[slot]) as number);
      }
      if (until < 0) return start;
      start = until;
    }
    return Infinity;
  }

  private mayMove(person: number): boolean {
    return this.movable[person] === 1 && (this.state.planned(person) || this.state.away.length < this.mostMoved);
  }

  /** Moves a patient in house into another bed by an hour. */
  private moveAway(person: number, until: number): boolean {
    return this.mayMove(person) && this.settle(person, until);
  }

  /** Finds the bed that costs least with its start, into {@link bed} and {@link start}. */
  private findBed(person: number, until: number): boolean {
    const { state } = this;
    const { tables } = state;
    const { beds, costs } = tables.openOf(person);
    const ready = tables.problem.ready[person] as number;
    const least = tables.waitingOf(person, ready);
    const own = state.bed[person] as number;
    let best = Infinity;
    for (let place = 0; place < beds.length && (costs[place] as number) + least < best; place++) {
      const bed = beds[place] as number;
      const start = bed === own ? Infinity : state.earliest(person, bed, ready);
      if (start > until || start === Infinity) continue;
      const cost = person < this.requests ? state.quote(person, bed, start) : (costs[place] as number);
      if (cost >= best) continue;
      best = cost;
      this.bed = bed;
      this.start = start;
    }
    if (best === Infinity) return false;
    if (person < this.requests) this.start = this.timed(person, this.bed, this.start);
    return true;
  }

  /**
   * A later start where that is worth the waiting: the leaving of who lies there before is uncertain, and the mean of
   * the hours for which it comes too late falls until it falls as slowly as waiting costs.
   */
  private timed(person: number, bed: number, start: number): number {
    const { state } = this;
    const { people, problem } = state.tables;
    const before = state.before(bed, start);
    if (before < 0 || person >= this.requests) return start;
    const slope = this.slopeAt(person, start) / Math.max(problem.house.weights.overstayRisk, 1e-9);
    if (slope >= 0.5) return start;
    const steps = slope === 0 ? 4 : Math.min(4, Math.log(1 / slope - 1));
    const wished = (state.free[before] as number) + (people.scale[state.personOf(before)] as number) * steps;
    const later = state.earliest(person, bed, Math.min(this.lastAsCheap(person, start), Math.ceil(wished * 4) / 4));
    if (later === Infinity || later <= start) return start;
    return state.quote(person, bed, later) < state.quote(person, bed, start) ? later : start;
  }

  /** Points for an hour of waiting at a start. */
  private slopeAt(person: number, start: number): number {
    const { boardingRate, boardingFrom, delayRate } = this.state.tables;
    const boarding = start >= (boardingFrom[person] as number) ? (boardingRate[person] as number) : 0;
    return boarding + (delayRate[person] as number);
  }

  /** The last start that costs no more boarding than this one. */
  private lastAsCheap(person: number, start: number): number {
    const { boardingRate, boardingFrom, limit } = this.state.tables;
    const last = limit[person] as number;
    return (boardingRate[person] as number) === 0
      ? last
      : Math.max(start, Math.min(last, boardingFrom[person] as number));
  }

  private change(person: number, bed: number, start: number): void {
    this.people.push(person);
    this.beds[this.people.length - 1] = this.state.bed[person] as number;
    this.starts[this.people.length - 1] = this.state.start[person] as number;
    this.write(person, bed, start);
  }

  private write(person: number, bed: number, start: number): void {
    if (this.state.planned(person)) this.state.take(person);
    if (bed >= 0) this.state.put(person, bed, start);
  }
}
