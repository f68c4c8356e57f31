import { at } from '../arrays';
import { nightPrice } from './night-price';
import { type PasPlan, type PasProblem, roomPolicy } from './pas.problem';
import { type PasTables, tablesOf } from './pas.tables';

/** What a move costs beside the soft cost: of a patient who lies in a bed already (S4), and of one who is to come. */
export const movePrice = { begun: 110, planned: 11 } as const;

/** Beds on nights that a run looks at before it answers with the best it has: some milliseconds. */
const mostLooks = 500_000;
/** How many beds are tried for one part in one place of the tree. */
const widest = 24;

interface Option {
  readonly bed: number;
  /** Who lies there, and who may not be in the room with the part. */
  readonly inTheWay: readonly number[];
  /** No repair that begins so costs less. */
  readonly bound: number;
}

/**
 * Finds beds for a few parts by ejection: a part takes a bed, who is in its way looks for another, and so on, with a
 * limit of moves; depth first, the most promising bed first, branches cut by the cheapest bed that each could ever get.
 * The limit grows from none, so that a repair without moves is known before others are looked for.
 */
export class PasRepair {
  private readonly tables: PasTables;
  private readonly occupant: Int32Array;
  private readonly bedsOf: readonly (readonly number[])[];
  private readonly beds: Int32Array;
  private readonly settled: Uint8Array;
  private readonly night: number;
  private closed = -1;
  private looks = 0;
  private best = Infinity;
  private bestBeds: (readonly [part: number, bed: number])[] = [];
  private readonly queue: number[] = [];
  private readonly old: PasPlan;

  constructor(
    private readonly problem: PasProblem,
    plan: PasPlan,
    private readonly now: number,
  ) {
    this.tables = tablesOf(problem);
    this.night = nightPrice(problem);
    this.old = plan;
    this.beds = plan.slice();
    this.settled = new Uint8Array(plan.length);
    this.occupant = new Int32Array(problem.beds.room.length * problem.nights).fill(-1);
    const bedsOf = problem.rooms.ids.map((): number[] => []);
    for (const [bed, room] of problem.beds.room.entries()) at(bedsOf, room).push(bed);
    this.bedsOf = bedsOf;
    for (const [part, bed] of plan.entries()) if (bed >= 0) this.write(part, bed, part);
  }

  /** Nobody is put into this bed, and whoever is there is not in it any more. */
  close(bed: number): void {
    this.closed = bed;
    for (let night = this.now; night < this.problem.nights; night++)
      this.occupant[bed * this.problem.nights + night] = -1;
  }

  /** The beds of all parts that get one, those of the seekers and those of whoever is moved for them. */
  run(seekers: readonly number[], mostMoves: number): readonly (readonly [part: number, bed: number])[] {
    for (const part of seekers) this.beds[part] = -1;
    this.best = seekers.reduce((sum, part) => sum + this.nightsOf(part) * this.night, 0);
    for (let moves = 0; moves <= mostMoves; moves++) {
      this.queue.splice(0, Infinity, ...seekers);
      this.descend(0, moves, [0, seekers.reduce((sum, part) => sum + this.least(part), 0)]);
    }
    return this.bestBeds;
  }

  private firstOf(part: number): number {
    return Math.max(this.now, this.problem.parts.first[part] as number);
  }

  private nightsOf(part: number): number {
    return (this.problem.parts.end[part] as number) - this.firstOf(part);
  }

  /** What the part costs in a room for the nights that are left to it. */
  private costIn(part: number, room: number): number {
    const { parts, rooms } = this.problem;
    const stay = (parts.end[part] as number) - (parts.first[part] as number);
    return ((this.tables.cost[part * rooms.ids.length + room] as number) / stay) * this.nightsOf(part);
  }

  private least(part: number): number {
    const cheapest = (this.tables.byCost.rooms[part] as Int32Array)[0];
    return cheapest === undefined ? this.nightsOf(part) * this.night : this.costIn(part, cheapest) + this.priceOf(part);
  }

  /** What it costs to move a part; a seeker that had no bed is not moved. */
  private priceOf(part: number): number {
    if ((this.old[part] as number) < 0) return 0;
    return (this.problem.parts.first[part] as number) < this.now ? movePrice.begun : movePrice.planned;
  }

  /** Finds beds for the queue from a place on. `spent` is the cost so far, `least` what those in the queue cost at best. */
  private descend(place: number, moves: number, [spent, least]: readonly [number, number]): void {
    const part = this.queue[place];
    if (part === undefined) return this.remember(spent);
    const rest = least - this.least(part);
    const left = moves - this.movesOf(part);
    if (left >= 0)
      for (const option of this.optionsFor(part, left, spent + rest)) {
        if (option.bound >= this.best || this.looks > mostLooks) break;
        this.tryOption(place, option, [left, spent, rest]);
      }
    const without = spent + this.nightsOf(part) * this.night;
    if (this.seeks(part) && without + rest < this.best) this.descend(place + 1, moves, [without, rest]);
  }

  /** Whether the event itself leaves the part without a bed. */
  private seeks(part: number): boolean {
    return (this.old[part] as number) < 0 || this.old[part] === this.closed;
  }

  /** A bed for somebody of the closed bed is a move; that of whoever is in the way was counted when they had to go. */
  private movesOf(part: number): number {
    return this.closed >= 0 && this.old[part] === this.closed ? 1 : 0;
  }

  private tryOption(place: number, { bed, inTheWay }: Option, [moves, spent, rest]: readonly number[]): void {
    const part = this.queue[place] as number;
    const before = inTheWay.map((one) => this.beds[one] as number);
    const length = this.queue.length;
    let cost = (spent as number) + this.costOfBed(part, bed);
    let least = rest as number;
    for (const [index, one] of inTheWay.entries()) {
      this.write(one, before[index] as number, -1);
      cost -= this.costOfStay(one);
      least += this.least(one);
      this.beds[one] = -1;
      this.queue.push(one);
    }
    this.write(part, bed, part);
    this.beds[part] = bed;
    this.settled[part] = 1;
    this.descend(place + 1, (moves as number) - inTheWay.length, [cost, least]);
    this.settled[part] = 0;
    this.beds[part] = -1;
    this.write(part, bed, -1);
    this.queue.length = length;
    for (const [index, one] of inTheWay.entries()) {
      this.beds[one] = before[index] as number;
      this.write(one, before[index] as number, one);
    }
  }

  private costOfBed(part: number, bed: number): number {
    return this.costIn(part, this.problem.beds.room[bed] as number) + this.priceOf(part);
  }

  private costOfStay(part: number): number {
    return this.costIn(part, this.problem.beds.room[this.old[part] as number] as number);
  }

  private remember(cost: number): void {
    if (cost >= this.best) return;
    this.best = cost;
    this.bestBeds = this.queue.map((part) => [part, this.beds[part] as number] as const).filter(([, bed]) => bed >= 0);
  }

  /** Beds for a part, the most promising first. */
  private optionsFor(part: number, moves: number, spent: number): Option[] {
    const options: Option[] = [];
    for (const room of this.tables.byCost.rooms[part] as Int32Array) {
      const cost = spent + this.costIn(part, room) + this.priceOf(part);
      if (cost >= this.best || this.looks > mostLooks) break;
      const strangers = this.strangersOf(part, room);
      if (this.mayGo(strangers, moves)) this.addOptions(options, [part, room, cost, moves], strangers);
    }
    return options
      .sort((a, b) => a.bound - b.bound || a.inTheWay.length - b.inTheWay.length || a.bed - b.bed)
      .slice(0, widest);
  }

  private addOptions(
    options: Option[],
    [part, room, cost, moves]: readonly [number, number, number, number],
    strangers: readonly number[],
  ): void {
    for (const bed of this.bedsOf[room] as readonly number[]) {
      if (bed === this.closed || bed === this.old[part]) continue;
      const inTheWay = this.inTheWayOf(part, bed, strangers);
      if (!this.mayGo(inTheWay, moves)) continue;
      const bound = inTheWay.reduce((sum, one) => sum + this.least(one) - this.costOfStay(one), cost);
      if (bound < this.best) options.push({ bed, inTheWay, bound });
    }
  }

  private mayGo(parts: readonly number[], moves: number): boolean {
    return parts.length <= moves && !parts.some((part) => this.settled[part] === 1);
  }

  /** People of the other gender who lie in the room on the part's nights, where that may not be. */
  private strangersOf(part: number, room: number): number[] {
    const { rooms } = this.problem;
    const strangers: number[] = [];
    if (rooms.policy[room] !== roomPolicy.same) return strangers;
    const gender = this.genderOf(part);
    for (const bed of this.bedsOf[room] as readonly number[])
      this.collect(part, bed, (one) => this.genderOf(one) !== gender && strangers.push(one));
    return strangers;
  }

  private inTheWayOf(part: number, bed: number, strangers: readonly number[]): number[] {
    const all = [...strangers];
    this.collect(part, bed, (one) => all.includes(one) || all.push(one));
    return all;
  }

  /** Calls for each stay that the bed has in the part's nights. */
  private collect(part: number, bed: number, found: (one: number) => unknown): void {
    const end = this.problem.parts.end[part] as number;
    let last = -1;
    for (let night = this.firstOf(part); night < end; night++) {
      this.looks++;
      const one = this.occupant[bed * this.problem.nights + night] as number;
      if (one >= 0 && one !== last) found(one);
      last = one;
    }
  }

  private genderOf(part: number): number {
    const { patients, parts } = this.problem;
    return patients.woman[parts.patient[part] as number] as number;
  }

  private write(part: number, bed: number, value: number): void {
    const end = this.problem.parts.end[part] as number;
    for (let night = this.firstOf(part); night < end; night++) this.occupant[bed * this.problem.nights + night] = value;
  }
}
