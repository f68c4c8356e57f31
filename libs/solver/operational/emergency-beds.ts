import type { WardProblem } from './ward.problem';

/** Where and when the stays of a search are. */
interface Hours {
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** The slots of each ward. */
  readonly inWard: readonly (readonly number[])[];
}

/** S10 while a plan changes: planned requests that take a bed which their ward keeps for emergencies. */
export class EmergencyBeds {
  /** Beds that a ward keeps. */
  private readonly kept: Int32Array;
  private readonly staffed: Int32Array;
  /** Requests of a kind that should leave the last beds of a ward to emergencies. */
  private readonly yields: Uint8Array;
  /** Those of them that have a bed, by ward. */
  private readonly yielding: number[][];
  /** Of each of those: how many others are in the ward when it comes, and for how many the ward has room. */
  private readonly others: Int32Array;
  private readonly room: Int32Array;

  constructor(
    private readonly problem: WardProblem,
    private readonly hours: Hours,
  ) {
    const { wards, requests } = problem.house;
    this.kept = Int32Array.from(wards, ({ emergencyBeds }) => emergencyBeds);
    this.staffed = Int32Array.from(wards, ({ staffedBeds }) => staffedBeds);
    this.yields = Uint8Array.from(requests, ({ kind }) => Number(kind === 'elective' || kind === 'transfer'));
    this.yielding = wards.map(() => []);
    this.others = new Int32Array(requests.length);
    this.room = new Int32Array(requests.length);
  }

  /** How many take such a bed by a stay that is not among the others: the stay itself, and those who come later. */
  takenBy(slot: number, ward: number): number {
    const kept = this.kept[ward] as number;
    if (kept === 0) return 0;
    let count = 0;
    for (const other of this.yielding[ward] as number[])
      if (this.covers(slot, this.hours.start[other] as number))
        count += (this.room[other] as number) - (this.others[other] as number) - 1 === kept ? 1 : 0;
    if (this.yields[slot] !== 1) return count;
    return this.roomAt(ward, slot) - this.othersAt(ward, slot) - 1 < kept ? count + 1 : count;
  }

  /** A stay comes among the others. */
  add(slot: number, ward: number): void {
    if (this.kept[ward] === 0) return;
    this.count(slot, ward, 1);
    if (this.yields[slot] !== 1) return;
    this.others[slot] = this.othersAt(ward, slot);
    this.room[slot] = this.roomAt(ward, slot);
    (this.yielding[ward] as number[]).push(slot);
  }

  /** A stay goes that was among the others. */
  remove(slot: number, ward: number): void {
    if (this.kept[ward] === 0) return;
    if (this.yields[slot] === 1) drop(this.yielding[ward] as number[], slot);
    this.count(slot, ward, -1);
  }

  private count(slot: number, ward: number, by: number): void {
    for (const other of this.yielding[ward] as number[])
      if (this.covers(slot, this.hours.start[other] as number))
        this.others[other] = (this.others[other] as number) + by;
  }

  /** How many others are in the ward when a stay begins. */
  private othersAt(ward: number, slot: number): number {
    const hour = this.hours.start[slot] as number;
    let count = 0;
    for (const other of this.hours.inWard[ward] as number[]) if (other !== slot && this.covers(other, hour)) count++;
    return count;
  }

  private covers(slot: number, hour: number): boolean {
    return (this.hours.start[slot] as number) <= hour && hour < (this.hours.end[slot] as number);
  }

  /** For how many a ward has beds that are ready when a stay begins, and nurses. */
  private roomAt(ward: number, slot: number): number {
    const hour = this.hours.start[slot] as number;
    let ready = 0;
    for (const bed of this.problem.wardBeds[ward] as readonly number[])
      if ((this.problem.bedReady[bed] as number) <= hour) ready++;
    return Math.min(ready, this.staffed[ward] as number);
  }
}

/** Takes an item out of a list that has no order. */
export const drop = (list: number[], item: number): void => {
  const place = list.indexOf(item);
  list[place] = list[list.length - 1] as number;
  list.pop();
};
