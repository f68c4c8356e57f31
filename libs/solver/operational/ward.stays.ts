import { drop, EmergencyBeds } from './emergency-beds';
import type { WardProblem } from './ward.problem';
import type { WardTables } from './ward.tables';

/** Who is where and when, and what people cost and forbid each other; the class is for the speed of the search. */
export class WardStays {
  protected readonly problem: WardProblem;
  protected readonly requests: number;
  /** People, and so the first slot of a patient in the bed of today. */
  protected readonly persons: number;
  /** By slot: the bed (-1 = none), the hours of the stay, and the hour at which the bed is clean after it. */
  readonly bed: Int32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly free: Float64Array;
  /** Slots by room and by ward, in no order. */
  readonly inRoom: number[][];
  readonly inWard: number[][];
  protected readonly ready: Float64Array;
  protected readonly bedReady: Float64Array;
  protected readonly stay: Float64Array;
  protected readonly cleaning: Float64Array;
  private readonly bedRoom: Int32Array;
  private readonly bedWard: Int32Array;
  private readonly scale: Float64Array;
  private readonly risk: Uint8Array;
  /** Wards with fewer nurses than beds. */
  private readonly tight: Uint8Array;
  private readonly staffed: Int32Array;
  private readonly emergency: EmergencyBeds;

  /** Whether the sexes of a room are not looked at: what if the rule were lifted. */
  mixing = false;
  private probed = -1;
  private probedBed = -1;
  private probedStart = 0;
  private probedEnd = 0;

  constructor(readonly tables: WardTables) {
    const { problem, people } = tables;
    const { house, requests, bed, stay, bedRoom, roomWard, wardBeds, bedReady } = problem;
    this.problem = problem;
    this.requests = requests;
    this.persons = problem.people.length;
    const slots = this.persons + house.patients.length;
    this.bed = new Int32Array(slots).fill(-1);
    this.start = new Float64Array(slots);
    this.end = new Float64Array(slots);
    this.free = new Float64Array(slots);
    this.inRoom = house.rooms.map(() => []);
    this.inWard = house.wards.map(() => []);
    this.ready = problem.ready;
    this.bedReady = bedReady;
    this.stay = stay;
    this.cleaning = people.cleaning;
    this.bedRoom = bedRoom;
    this.bedWard = bedRoom.map((place) => roomWard[place] as number);
    this.scale = people.scale;
    this.risk = people.risk;
    this.staffed = Int32Array.from(house.wards, ({ staffedBeds }) => staffedBeds);
    this.emergency = new EmergencyBeds(problem, this);
    this.tight = Uint8Array.from(wardBeds, (beds, ward) =>
      Number(beds.filter((place) => (bedReady[place] as number) < Infinity).length > (this.staffed[ward] as number)),
    );
    for (let person = requests; person < this.persons; person++) {
      const slot = this.slotInHouse(person);
      this.bed[slot] = bed[person] as number;
      this.end[slot] = stay[person] as number;
      this.free[slot] = (stay[person] as number) + (this.cleaning[person] as number);
    }
  }

  personOf(slot: number): number {
    return slot < this.persons ? slot : slot - this.persons + this.requests;
  }

  slotInHouse(person: number): number {
    return person - this.requests + this.persons;
  }

  /** Writes a planned stay, without telling the others. */
  protected set(person: number, bed: number, start: number): void {
    this.bed[person] = bed;
    this.start[person] = start;
    this.end[person] = this.endFrom(person, start);
    this.free[person] = (this.end[person] as number) + (this.cleaning[person] as number);
  }

  protected add(slot: number): void {
    const bed = this.bed[slot] as number;
    const ward = this.bedWard[bed] as number;
    this.emergency.add(slot, ward);
    (this.inRoom[this.bedRoom[bed] as number] as number[]).push(slot);
    (this.inWard[ward] as number[]).push(slot);
  }

  protected remove(slot: number): void {
    const bed = this.bed[slot] as number;
    const ward = this.bedWard[bed] as number;
    drop(this.inRoom[this.bedRoom[bed] as number] as number[], slot);
    drop(this.inWard[ward] as number[], slot);
    this.emergency.remove(slot, ward);
  }

  /** What a stay, that is not among the others, costs by and to the others: S7, S10 and S11. */
  protected shared(slot: number): number {
    const { overstayRisk, infectionRisk, emergencyBeds } = this.problem.house.weights;
    let cost = overstayRisk * this.overstay(slot);
    if ((this.risk[this.personOf(slot)] as number) > 0) cost += infectionRisk * this.infections(slot);
    cost += emergencyBeds * this.emergency.takenBy(slot, this.bedWard[this.bed[slot] as number] as number);
    return cost;
  }

  /** The hour until which something forbids a stay to begin at an hour, -1 = nothing does. */
  protected blockedUntil(person: number, bed: number, start: number): number {
    this.probe(person, bed, start);
    const slots = this.inRoom[this.bedRoom[bed] as number] as number[];
    let until = -1;
    for (const slot of slots) {
      const blocked = this.blocks(slot);
      if (blocked > until) until = blocked;
    }
    if (until >= 0 || this.tight[this.bedWard[bed] as number] !== 1) return until;
    return this.unstaffedUntil(person, this.bedWard[bed] as number, start);
  }

  /** Sets the stay that {@link blocks} is asked about. */
  protected probe(person: number, bed: number, start: number): void {
    this.probed = person;
    this.probedBed = bed;
    this.probedStart = start;
    this.probedEnd = this.endFrom(person, start);
  }

  /** The hour until which a slot in the room forbids the probed stay, -1 = it does not. */
  protected blocks(slot: number): number {
    const other = this.personOf(slot);
    if (other === this.probed) return -1;
    const start = this.probedStart;
    const end = this.probedEnd;
    if (this.bed[slot] === this.probedBed) {
      const free = end + (this.cleaning[this.probed] as number);
      const later = this.free[slot] as number;
      return (this.start[slot] as number) < free && start < later ? later : -1;
    }
    const meet = (this.start[slot] as number) < end && start < (this.end[slot] as number);
    return meet && this.tables.clash(this.probed, other, this.mixing ? -1 : (this.bedRoom[this.probedBed] as number))
      ? (this.end[slot] as number)
      : -1;
  }

  private endFrom(person: number, start: number): number {
    const hours = this.stay[person] as number;
    return person < this.requests ? start + hours : Math.max(start, hours);
  }

  /** H8: as the evaluator counts, at the start and whenever somebody comes. */
  private unstaffedUntil(person: number, ward: number, start: number): number {
    const end = this.endFrom(person, start);
    const met = (this.inWard[ward] as number[]).filter(
      (slot) =>
        this.personOf(slot) !== person && (this.start[slot] as number) < end && start < (this.end[slot] as number),
    );
    const staffed = this.staffed[ward] as number;
    if (met.length < staffed) return -1;
    const full = (hour: number): boolean =>
      met.filter((slot) => (this.start[slot] as number) <= hour && hour < (this.end[slot] as number)).length >= staffed;
    const crowded =
      full(start) || met.some((slot) => (this.start[slot] as number) > start && full(this.start[slot] as number));
    if (!crowded) return -1;
    return met.reduce((least, slot) => Math.min(least, this.end[slot] as number), Infinity);
  }

  /** S7 in hours: of the stay after the others in its bed, and of those who are planned after it. */
  private overstay(slot: number): number {
    const bed = this.bed[slot] as number;
    const person = this.personOf(slot);
    const start = this.start[slot] as number;
    const end = this.end[slot] as number;
    let hours = 0;
    for (const other of this.inRoom[this.bedRoom[bed] as number] as number[]) {
      if (this.bed[other] !== bed || this.personOf(other) === person) continue;
      if (slot < this.persons && (this.end[other] as number) <= start) hours += this.overlap(other, start);
      if (other < this.persons && end <= (this.start[other] as number))
        hours += this.overlap(slot, this.start[other] as number);
    }
    return hours;
  }

  private overlap(before: number, start: number): number {
    const scale = this.scale[this.personOf(before)] as number;
    const slack = start - (this.free[before] as number);
    return scale === 0 ? Math.max(0, -slack) : scale * Math.log1p(Math.exp(-slack / scale));
  }

  /** S11: pairs of an infectious person and one without defence in rooms beside each other, by planned stays. */
  private infections(slot: number): number {
    const person = this.personOf(slot);
    const risk = this.risk[person] as number;
    const weight = slot < this.persons ? 1 : 0;
    let pairs = 0;
    for (const room of this.problem.adjacentRooms[
      this.bedRoom[this.bed[slot] as number] as number
    ] as readonly number[])
      for (const other of this.inRoom[room] as number[]) {
        const theirs = this.risk[this.personOf(other)] as number;
        const risky = (risk & 1 & (theirs >> 1)) | ((risk >> 1) & theirs & 1);
        if (risky === 1 && this.meets(slot, other)) pairs += weight + (other < this.persons ? 1 : 0);
      }
    return pairs;
  }

  private meets(slot: number, other: number): boolean {
    return (
      this.personOf(slot) !== this.personOf(other) &&
      (this.start[slot] as number) < (this.end[other] as number) &&
      (this.start[other] as number) < (this.end[slot] as number)
    );
  }
}
