import { at } from '../arrays';
import type { WardProblem } from './ward.problem';
import type { WardTables } from './ward.tables';

/** Hours between the points in time at which beds have prices. */
const grid = 3;

/** The first point in time not before an hour. */
const pointFrom = (hour: number): number => Math.ceil(hour / grid - 1e-12);

/** Beds, or kinds of beds, that somebody may have: what each costs at least, and from when on. */
interface Choices {
  readonly places: Int32Array;
  readonly costs: Float64Array;
  readonly from: Float64Array;
}

const nowhere: Choices = { places: new Int32Array(0), costs: new Float64Array(0), from: new Float64Array(0) };

/** A house in which people share beds if they pay for it: everybody chooses alone. The class is for the speed of its loops. */
export class WardRelaxation {
  private readonly problem: WardProblem;
  private readonly width: number;
  /** The kind of each bed: which share their prices because the same people may have them. */
  private readonly kind: Int32Array;
  /** By kind and point: the price, the sum of prices before the point, beds that can be had, and people who choose one. */
  private readonly price: Float64Array;
  private readonly sums: Float64Array;
  private readonly beds: Int32Array;
  private readonly usage: Int32Array;
  /** When a bed is clean and a patient gone who is never moved. */
  private readonly free: Float64Array;
  private readonly occupant: Int32Array;
  private readonly fixed: Uint8Array;
  private readonly choices: readonly Choices[];

  constructor(private readonly tables: WardTables) {
    const { problem } = tables;
    this.problem = problem;
    this.width = Math.floor(problem.house.horizonHours / grid) + 2;
    this.kind = kindsOf(problem);
    const cells = (Math.max(...this.kind) + 1) * this.width;
    this.price = new Float64Array(cells);
    this.sums = new Float64Array(cells);
    this.beds = new Int32Array(cells);
    this.usage = new Int32Array(cells);
    this.free = problem.bedReady.slice();
    this.occupant = new Int32Array(this.kind.length).fill(-1);
    this.fixed = Uint8Array.from(problem.people, (person) => Number('movable' in person && !person.movable));
    this.settleOccupants();
    this.choices = problem.people.map((_, person) =>
      person < problem.requests ? this.bedsFor(person) : this.fixed[person] === 1 ? nowhere : this.kindsFor(person),
    );
  }

  private settleOccupants(): void {
    const { people, requests, bed, stay } = this.problem;
    for (let person = requests; person < people.length; person++) {
      this.occupant[at(bed, person)] = person;
      if (this.fixed[person] === 1)
        this.free[at(bed, person)] = at(stay, person) + at(this.tables.people.cleaning, person);
    }
    for (const [bed, kind] of this.kind.entries())
      for (let point = pointFrom(Math.min(at(this.free, bed), 1e6)); point < this.width - 1; point++)
        this.beds[kind * this.width + point] = at(this.beds, kind * this.width + point) + 1;
  }

  private bedsFor(person: number): Choices {
    const open = this.tables.openOf(person);
    const from = Float64Array.from(open.beds, (bed) => this.firstHour(person, bed));
    const useful = [...from.keys()].filter((place) => at(from, place) <= at(this.tables.limit, person));
    return {
      places: Int32Array.from(useful, (place) => at(open.beds, place)),
      costs: Float64Array.from(useful, (place) => at(open.costs, place)),
      from: Float64Array.from(useful, (place) => at(from, place)),
    };
  }

  /** Of a patient in house: the least of each other kind of beds; within a kind, where prices are alike, nobody gains. */
  private kindsFor(person: number): Choices {
    const least = new Map<number, { cost: number; from: number }>();
    const { places, costs, from: hours } = this.bedsFor(person);
    const own = at(this.kind, at(this.problem.bed, person));
    for (const [place, bed] of places.entries()) {
      const kind = at(this.kind, bed);
      if (kind === own) continue;
      const known = least.get(kind);
      least.set(kind, {
        cost: Math.min(known?.cost ?? Infinity, at(costs, place)),
        from: Math.min(known?.from ?? Infinity, at(hours, place)),
      });
    }
    const discount = this.discountOf(person);
    return {
      places: Int32Array.from(least.keys()),
      costs: Float64Array.from(least.values(), ({ cost }) => Math.max(0, cost - discount)),
      from: Float64Array.from(least.values(), ({ from }) => from),
    };
  }

  /** What others save at most by the move of a patient whose late leaving they need not fear any more. */
  private discountOf(person: number): number {
    const { house, requests, stay } = this.problem;
    const shortest = stay.slice(0, requests).reduce((least, hours) => Math.min(least, hours), Infinity);
    const turns = 1 + Math.floor(house.horizonHours / shortest);
    return turns * house.weights.overstayRisk * at(this.tables.people.scale, person) * Math.LN2;
  }

  /** The first hour at which nobody who is never moved keeps a person out of a bed. */
  private firstHour(person: number, bed: number): number {
    const { bedRoom, roomBeds, ready, stay } = this.problem;
    const room = at(bedRoom, bed);
    let first = Math.max(at(ready, person), at(this.free, bed));
    for (const other of at(roomBeds, room)) {
      const roommate = at(this.occupant, other);
      if (other === bed || roommate < 0 || this.fixed[roommate] !== 1) continue;
      if (this.tables.clash(person, roommate, room)) first = Math.max(first, at(stay, roommate));
    }
    return first;
  }

  /** What everybody costs under the prices of now, less what the beds cost: a bound. */
  solve(): number {
    let bound = 0;
    for (let cell = 0; cell < this.price.length; cell++) {
      bound -= (this.price[cell] as number) * (this.beds[cell] as number);
      const first = cell % this.width === 0;
      this.sums[cell] = first ? 0 : (this.sums[cell - 1] as number) + (this.price[cell - 1] as number);
    }
    this.usage.fill(0);
    for (let person = 0; person < this.problem.people.length; person++)
      if (person < this.problem.requests) bound += this.request(person);
      else if (this.fixed[person] !== 1) bound += this.patient(person);
    return bound;
  }

  get points(): number {
    return this.width - 1;
  }

  get kinds(): number {
    return this.price.length / this.width;
  }

  /** Raises the price of a kind of beds (-1 = all) at a point. */
  raise(kind: number, point: number, by: number): void {
    for (let each = 0; each < this.kinds; each++)
      if (kind < 0 || kind === each) {
        const cell = each * this.width + point;
        if ((this.beds[cell] as number) > 0) this.price[cell] = Math.max(0, (this.price[cell] as number) + by);
      }
  }

  /** Points at which some beds have a price. */
  dearPoints(): number[] {
    return [...Array(this.points).keys()].filter((point) =>
      this.price.some((price, cell) => price > 0 && cell % this.width === point),
    );
  }

  /** Moves each price by at most a step (a few where many more choose than there are beds). */
  adjust(step: number): void {
    for (let cell = 0; cell < this.price.length; cell++) {
      const beds = this.beds[cell] as number;
      if (beds === 0) continue;
      const over = ((this.usage[cell] as number) - beds) / (1 + Math.sqrt(beds));
      this.price[cell] = Math.max(0, (this.price[cell] as number) + step * Math.max(-3, Math.min(3, over)));
    }
  }

  private request(person: number): number {
    const { tables } = this;
    const { places, costs, from } = this.choices[person] as Choices;
    const hours = (this.problem.stay[person] as number) + (tables.people.cleaning[person] as number);
    const last = tables.limit[person] as number;
    let best = tables.prices[person] as number;
    let [kind, first, end] = [-1, 0, 0];
    for (let place = 0; place < places.length && (costs[place] as number) < best; place++) {
      const bed = places[place] as number;
      const base = (this.kind[bed] as number) * this.width;
      for (let start = from[place] as number; start <= last;) {
        const point = pointFrom(start);
        const to = Math.min(this.width - 1, pointFrom(start + hours));
        const cost =
          (costs[place] as number) +
          tables.waitingOf(person, start) +
          this.overstay(bed, start, Math.min(last, point * grid)) +
          (this.sums[base + to] as number) -
          (this.sums[base + point] as number);
        if (cost < best) [best, kind, first, end] = [cost, base, point, to];
        start = point * grid + 1e-9;
      }
    }
    if (kind >= 0)
      for (let cell = kind + first; cell < kind + end; cell++) this.usage[cell] = (this.usage[cell] as number) + 1;
    return best;
  }

  /** S7 after the patient who lies in a bed today, at least, of a stay that begins between two hours. */
  private overstay(bed: number, start: number, until: number): number {
    const before = this.occupant[bed] as number;
    if (before < 0) return 0;
    const { people } = this.tables;
    const free = (this.problem.stay[before] as number) + (people.cleaning[before] as number);
    const scale = people.scale[before] as number;
    if (start < free || scale === 0) return 0;
    return this.problem.house.weights.overstayRisk * scale * Math.log1p(Math.exp((free - until) / scale));
  }

  private patient(person: number): number {
    const { problem, tables } = this;
    const home = (this.kind[problem.bed[person] as number] as number) * this.width;
    const cleaning = tables.people.cleaning[person] as number;
    const leaves = Math.min(this.width - 1, pointFrom((problem.stay[person] as number) + cleaning));
    const { places, costs, from } = this.choices[person] as Choices;
    let best = this.sums[home + leaves] as number;
    let [away, first, gone] = [-1, leaves, leaves];
    for (let place = 0; place < places.length; place++) {
      const base = (places[place] as number) * this.width;
      for (let start = from[place] as number; start <= (tables.limit[person] as number);) {
        const point = Math.min(leaves, pointFrom(start));
        const until = Math.min(leaves, pointFrom(start + cleaning));
        const prices =
          (this.sums[home + until] as number) +
          (this.sums[base + leaves] as number) -
          (this.sums[base + point] as number);
        if ((costs[place] as number) + prices < best)
          [best, away, first, gone] = [(costs[place] as number) + prices, base, point, until];
        start = point * grid + 1e-9;
        if (point >= leaves) break;
      }
    }
    for (let cell = home; cell < home + gone; cell++) this.usage[cell] = (this.usage[cell] as number) + 1;
    if (away >= 0)
      for (let cell = away + first; cell < away + leaves; cell++) this.usage[cell] = (this.usage[cell] as number) + 1;
    return best;
  }
}

/** Beds are of a kind where their wards take the same people and their rooms the same isolation. */
const kindsOf = ({ house, bedRoom, roomWard, roomBeds }: WardProblem): Int32Array => {
  const kinds = new Map<string, number>();
  return bedRoom.map((room) => {
    const { level, minAgeDays, endAgeDays, specialties } = at(house.wards, at(roomWard, room));
    const pressure = at(roomBeds, room).length === 1 ? at(house.rooms, room).pressure : 'shared';
    const key = JSON.stringify([level, minAgeDays, endAgeDays, specialties.severe, pressure]);
    const kind = kinds.get(key) ?? kinds.size;
    kinds.set(key, kind);
    return kind;
  });
};
