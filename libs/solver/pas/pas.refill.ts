import type { Random } from '../random';
import type { PasHouse } from './pas.house';

/** Rooms that are emptied and filled together. */
const together = 3;

/**
 * Empties a few rooms and fills one after the other as well as can be from those who were there and those who have no
 * room: the dearest set of stays of which no more than the room's beds are there at once, a flow of least cost along the
 * nights (Arkin and Silverberg 1987). Not for rooms of one gender at a time, where stays are in each other's way.
 */
export class PasRefill {
  readonly parts: number[] = [];
  /** Where each of the parts goes. */
  readonly targets: number[] = [];
  private readonly open: readonly number[];
  private readonly distance: Float64Array;
  /** By night: the stay that the cheapest way came by; -1 = no stay, see {@link back}. */
  private readonly via: Int32Array;
  /** By night: the night that the cheapest way came from. */
  private readonly back: Int32Array;
  /** By night: beds that stay empty in the night before it. */
  private readonly idle: Int32Array;

  constructor(private readonly house: PasHouse) {
    this.open = [...house.same.keys()].filter((room) => house.same[room] !== 1 && (house.capacity[room] as number) > 0);
    this.distance = new Float64Array(house.nights + 1);
    this.via = new Int32Array(house.nights + 1);
    this.back = new Int32Array(house.nights + 1);
    this.idle = new Int32Array(house.nights + 1);
  }

  /** Fills a few rooms by chance; the difference in cost, infinite where there is no such room. */
  build(random: Random): number {
    const { house, open } = this;
    if (open.length === 0) return Infinity;
    const rooms = new Set(Array.from({ length: together }, () => random.pick(open)));
    const pool = new Set<number>();
    for (const [part, room] of house.rooms.entries()) if (room < 0 || rooms.has(room)) pool.add(part);
    this.parts.length = 0;
    this.targets.length = 0;
    let difference = 0;
    const send = (part: number, room: number): void => {
      pool.delete(part);
      if (house.roomOf(part) === room) return;
      this.parts.push(part);
      this.targets.push(room);
      difference += house.costOf(part, room) - house.costOf(part, house.roomOf(part));
    };
    for (const room of rooms) for (const part of this.best([...pool], room)) send(part, room);
    for (const part of pool) send(part, -1);
    return this.parts.length === 0 ? Infinity : difference;
  }

  /** The dearest of the stays that the room can hold. */
  private best(pool: readonly number[], room: number): number[] {
    const { house } = this;
    const stays = pool.filter((part) => house.mayTake(part, room));
    const value = stays.map((part) => house.costOf(part, -1) - house.costOf(part, room));
    const taken = new Uint8Array(stays.length);
    this.idle.fill(0);
    for (let bed = 0; bed < (house.capacity[room] as number); bed++) {
      this.cheapestWay(stays, value, taken);
      this.walkBack(taken);
    }
    return stays.filter((_, index) => taken[index] === 1);
  }

  /** The cheapest way for one more bed from the first night to the end: through idle nights, stays, and back out of some. */
  private cheapestWay(stays: readonly number[], value: readonly number[], taken: Uint8Array): void {
    const { house, distance } = this;
    distance.fill(Infinity);
    distance[0] = 0;
    for (let changed = true; changed;) {
      changed = false;
      for (let night = 0; night < house.nights; night++) {
        if (this.relax(night, night + 1, [0, -1])) changed = true;
        if ((this.idle[night + 1] as number) > 0 && this.relax(night + 1, night, [0, -1])) changed = true;
      }
      for (let index = 0; index < stays.length; index++) {
        const [first, end] = [
          house.first[stays[index] as number] as number,
          house.end[stays[index] as number] as number,
        ];
        const gain = value[index] as number;
        const better =
          taken[index] === 1 ? this.relax(end, first, [gain, index]) : this.relax(first, end, [-gain, index]);
        if (better) changed = true;
      }
    }
  }

  private relax(from: number, to: number, [price, stay]: readonly [number, number]): boolean {
    const cost = (this.distance[from] as number) + price;
    if (cost >= (this.distance[to] as number)) return false;
    this.distance[to] = cost;
    this.back[to] = from;
    this.via[to] = stay;
    return true;
  }

  private walkBack(taken: Uint8Array): void {
    for (let night = this.house.nights; night !== 0;) {
      const stay = this.via[night] as number;
      const from = this.back[night] as number;
      if (stay >= 0) taken[stay] = from < night ? 1 : 0;
      else if (from < night) this.idle[night] = (this.idle[night] as number) + 1;
      else this.idle[from] = (this.idle[from] as number) - 1;
      night = from;
    }
  }
}
