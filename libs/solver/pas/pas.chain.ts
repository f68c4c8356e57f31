import type { Random } from '../random';
import type { PasHouse } from './pas.house';

/** Longer chains are dear to build and hardly ever taken. */
const longest = 24;

/**
 * A chain between two rooms (the first may be none): a part goes over, who is in its way goes back, who is in their way follows, until nobody is
 * in anybody's way. In the way is the other gender in a room of one, and somebody on a night that has no bed left.
 */
export class PasChain {
  readonly parts: number[] = [];
  /** Where each of the parts goes. */
  readonly targets: number[] = [];
  /** Which chain a part was last in. */
  private readonly mark: Int32Array;
  private stamp = 0;
  /** Parts that come less those that go, by night, in the room that the first part goes to; the other room has the opposite. */
  private readonly balance: Int32Array;
  private toRoom = -1;
  private difference = 0;

  constructor(private readonly house: PasHouse) {
    this.mark = new Int32Array(house.rooms.length);
    this.balance = new Int32Array(house.nights);
  }

  /** Builds the chain that begins with a part going into a room; its difference in cost, infinite where there is none. */
  build(part: number, room: number, random: Random): number {
    const from = this.house.roomOf(part);
    this.stamp++;
    this.parts.length = 0;
    this.targets.length = 0;
    this.balance.fill(0);
    this.toRoom = room;
    this.difference = 0;
    this.join(part, room);
    for (let next = 0; next < this.parts.length; next++) {
      const mover = this.parts[next] as number;
      const target = this.targets[next] as number;
      const back = target === room ? from : room;
      if (target < 0) continue;
      if (this.parts.length > longest || !this.house.mayTake(mover, target)) return Infinity;
      this.sendBackOtherGender(mover, target, back);
      if (!this.makeBeds(mover, target, [back, random])) return Infinity;
    }
    return this.difference;
  }

  private join(part: number, target: number): void {
    const { house } = this;
    this.mark[part] = this.stamp;
    this.parts.push(part);
    this.targets.push(target);
    this.difference += house.costOf(part, target) - house.costOf(part, house.roomOf(part));
    const by = target === this.toRoom ? 1 : -1;
    for (let night = house.first[part] as number; night < (house.end[part] as number); night++)
      this.balance[night] = (this.balance[night] as number) + by;
  }

  private sendBackOtherGender(mover: number, target: number, back: number): void {
    const { house } = this;
    if (house.same[target] !== 1) return;
    const list = house.lists[target] as number[];
    for (const one of list)
      if (this.mark[one] !== this.stamp && house.woman[one] !== house.woman[mover] && house.meets(one, mover))
        this.join(one, back);
  }

  /** Sends somebody back on each night of the mover on which the target would hold more than it has beds. */
  private makeBeds(mover: number, target: number, [back, random]: readonly [number, Random]): boolean {
    const { house } = this;
    const sign = target === this.toRoom ? 1 : -1;
    const [men, women] = house.present;
    for (let night = house.first[mover] as number; night < (house.end[mover] as number); night++) {
      const cell = target * house.nights + night;
      const present = (men[cell] as number) + (women[cell] as number);
      while (present + sign * (this.balance[night] as number) > (house.capacity[target] as number)) {
        const one = this.someoneOn(night, target, random);
        if (one < 0 || this.parts.length > longest) return false;
        this.join(one, back);
      }
    }
    return true;
  }

  /** Somebody who lies in the room on a night and is not in the chain yet, looked for from a place by chance. */
  private someoneOn(night: number, room: number, random: Random): number {
    const { house } = this;
    const list = house.lists[room] as number[];
    const start = random.below(Math.max(1, list.length));
    for (let step = 0; step < list.length; step++) {
      const one = list[(start + step) % list.length] as number;
      const there = (house.first[one] as number) <= night && night < (house.end[one] as number);
      if (there && this.mark[one] !== this.stamp) return one;
    }
    return -1;
  }
}
