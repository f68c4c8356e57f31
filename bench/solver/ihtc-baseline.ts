import type { IhtcPlan, IhtcProblem } from '../../libs/solver/ihtc/ihtc.problem';
import { type Random, randomOf } from '../../libs/solver/random';

/**
 * What anybody would write first: one thread, three neighbourhoods (a patient elsewhere, two patients exchanged, another
 * nurse for a room and shift), hard rules by rejection, annealing. It shares the reader with the optimiser, nothing else.
 */
class Baseline {
  readonly day: Int32Array;
  readonly room: Int32Array;
  readonly theatre: Int32Array;
  readonly nurse: Int32Array;
  private readonly perDay: number;
  private readonly shifts: number;
  private readonly lists: number[][];
  private readonly operated: Int32Array;
  private readonly used: Int32Array;
  private readonly cases: Int32Array;
  private readonly visits: Int32Array;
  private readonly load: Int32Array;
  private readonly seen: Int32Array;
  private readonly onShift: number[][];

  constructor(
    private readonly problem: IhtcProblem,
    private readonly random: Random,
  ) {
    const { days, people, rooms, theatres, surgeons, nurses, shiftNames, occupantRoom } = problem;
    this.perDay = shiftNames.length;
    this.shifts = days * this.perDay;
    this.day = new Int32Array(people.patients).fill(-1);
    this.room = new Int32Array(people.patients).fill(-1);
    this.theatre = new Int32Array(people.patients).fill(-1);
    this.nurse = new Int32Array(rooms.ids.length * this.shifts);
    this.lists = Array.from({ length: rooms.ids.length * days }, () => []);
    this.operated = new Int32Array(surgeons.time.length);
    this.used = new Int32Array(theatres.time.length);
    this.cases = new Int32Array(theatres.time.length);
    this.visits = new Int32Array(surgeons.time.length * theatres.ids.length);
    this.load = new Int32Array(nurses.load.length);
    this.seen = new Int32Array(people.ids.length * nurses.ids.length);
    this.onShift = Array.from({ length: this.shifts }, (_, shift) =>
      [...nurses.ids.keys()].filter((nurse) => (nurses.load[nurse * this.shifts + shift] as number) >= 0),
    );
    for (let cell = 0; cell < this.nurse.length; cell++)
      this.nurse[cell] = random.pick(this.onShift[cell % this.shifts] as number[]);
    for (const [index, room] of occupantRoom.entries()) this.lie(people.patients + index, { room, from: 0, sign: 1 });
  }

  /** What the age groups of a room cost on a day. */
  private mixed(present: readonly number[]): number {
    if (present.length < 2) return 0;
    const ages = present.map((person) => this.problem.people.ageGroup[person] as number);
    return this.problem.weights.room_mixed_age * (Math.max(...ages) - Math.min(...ages));
  }

  /** Puts a person's stay into a room or takes it out; gives the difference in cost. */
  private lie(person: number, { room, from, sign }: { room: number; from: number; sign: 1 | -1 }): number {
    const { people, days } = this.problem;
    let cost = 0;
    for (let day = from; day < Math.min(days, from + (people.stay[person] as number)); day++) {
      const list = this.lists[room * days + day] as number[];
      cost -= this.mixed(list);
      if (sign === 1) list.push(person);
      else list.splice(list.indexOf(person), 1);
      cost += this.mixed(list);
      for (let part = 0; part < this.perDay; part++) {
        const shift = day * this.perDay + part;
        cost += this.nursed(person, { shift, from, nurse: this.nurse[room * this.shifts + shift] as number, sign });
      }
    }
    return cost;
  }

  /** One person's shift given to a nurse or taken from her: skill, continuity, load. */
  private nursed(
    person: number,
    { shift, from, nurse, sign }: { shift: number; from: number; nurse: number; sign: 1 | -1 },
  ): number {
    const { people, nurses, weights } = this.problem;
    const cell = (people.offset[person] as number) + shift - from * this.perDay;
    const lack = Math.max(0, (people.skill[cell] as number) - (nurses.skill[nurse] as number));
    const meeting = person * nurses.ids.length + nurse;
    const met = this.seen[meeting] as number;
    this.seen[meeting] = met + sign;
    const fresh = sign === 1 ? met === 0 : met === 1;
    const place = nurse * this.shifts + shift;
    const most = nurses.load[place] as number;
    const before = Math.max(0, (this.load[place] as number) - most);
    this.load[place] = (this.load[place] as number) + sign * (people.workload[cell] as number);
    const excess = Math.max(0, (this.load[place] as number) - most) - before;
    return (
      sign * (weights.room_nurse_skill * lack + (fresh ? weights.continuity_of_care : 0)) +
      weights.nurse_eccessive_workload * excess
    );
  }

  /** Admits a patient or undoes it; gives the difference in cost. */
  private admit(patient: number, place: Admission, sign: 1 | -1): number {
    const { days, surgeries, theatres, weights } = this.problem;
    const { day, room, theatre } = place;
    if (day < 0) return surgeries.mandatory[patient] === 1 ? sign * 1e9 : sign * weights.unscheduled_optional;
    const surgeon = surgeries.surgeon[patient] as number;
    const minutes = sign * (surgeries.duration[patient] as number);
    const [team, slot] = [surgeon * days + day, theatre * days + day];
    this.operated[team] = (this.operated[team] as number) + minutes;
    this.used[slot] = (this.used[slot] as number) + minutes;
    const opened = this.counted(this.cases, slot, sign) ? weights.open_operating_theater : 0;
    const base = team * theatres.ids.length;
    const before = this.transfers(base);
    this.counted(this.visits, base + theatre, sign);
    const moved = (this.transfers(base) - before) * weights.surgeon_transfer;
    const delay = weights.patient_delay * (day - (surgeries.release[patient] as number));
    return sign * (opened + delay) + moved + this.lie(patient, { room, from: day, sign });
  }

  private counted(counts: Int32Array, cell: number, sign: 1 | -1): boolean {
    const before = counts[cell] as number;
    counts[cell] = before + sign;
    return sign === 1 ? before === 0 : before === 1;
  }

  private transfers(base: number): number {
    let rooms = 0;
    for (let theatre = 0; theatre < this.problem.theatres.ids.length; theatre++)
      if ((this.visits[base + theatre] as number) > 0) rooms++;
    return Math.max(0, rooms - 1);
  }

  /** Whether the hard rules hold where a patient was put. */
  private allowed(patient: number, { day, room, theatre }: Admission): boolean {
    if (day < 0) return true;
    const { days, surgeons, theatres, surgeries, people, rooms } = this.problem;
    const team = (surgeries.surgeon[patient] as number) * days + day;
    if ((this.operated[team] as number) > (surgeons.time[team] as number)) return false;
    const slot = theatre * days + day;
    if ((this.used[slot] as number) > (theatres.time[slot] as number)) return false;
    for (let at = day; at < Math.min(days, day + (people.stay[patient] as number)); at++) {
      const list = this.lists[room * days + at] as number[];
      if (list.length > (rooms.capacity[room] as number)) return false;
      if (list.some((other) => people.gender[other] !== people.gender[patient])) return false;
    }
    return true;
  }

  placeOf(patient: number): Admission {
    return {
      day: this.day[patient] as number,
      room: this.room[patient] as number,
      theatre: this.theatre[patient] as number,
    };
  }

  private anywhere(patient: number): Admission {
    const { surgeries, rooms, theatres } = this.problem;
    if (surgeries.mandatory[patient] === 0 && this.random.next() < 0.05) return { day: -1, room: -1, theatre: -1 };
    const first = surgeries.release[patient] as number;
    const day = first + this.random.below((surgeries.due[patient] as number) - first + 1);
    return { day, room: this.random.below(rooms.ids.length), theatre: this.random.below(theatres.ids.length) };
  }

  private set(patient: number, place: Admission): void {
    this.day[patient] = place.day;
    this.room[patient] = place.room;
    this.theatre[patient] = place.theatre;
  }

  /** Moves patients to places at once if that is allowed and taken; else all stays. */
  private rearrange(moves: readonly (readonly [number, Admission])[], limit: number): number | undefined {
    const { surgeries, rooms } = this.problem;
    if (
      moves.some(([patient, { room }]) => room >= 0 && surgeries.incompatible[patient * rooms.ids.length + room] === 1)
    )
      return undefined;
    const from = moves.map(([patient]) => this.placeOf(patient));
    let cost = 0;
    for (const [index, [patient]] of moves.entries()) cost += this.admit(patient, from[index] as Admission, -1);
    for (const [patient, place] of moves) cost += this.admit(patient, place, 1);
    if (cost <= limit && moves.every(([patient, place]) => this.allowed(patient, place))) {
      for (const [patient, place] of moves) this.set(patient, place);
      return cost;
    }
    for (const [patient, place] of moves) this.admit(patient, place, -1);
    for (const [index, [patient]] of moves.entries()) this.admit(patient, from[index] as Admission, 1);
    return undefined;
  }

  /** One step of the walk: the difference in cost, 0 where nothing was changed. */
  step(limit: number): number {
    const draw = this.random.next();
    if (draw < 0.3) return this.otherNurse(limit);
    const patient = this.random.below(this.day.length);
    const place = this.placeOf(patient);
    return (draw < 0.75 || place.day < 0 ? this.elsewhere(patient, place, limit) : this.exchange(patient, limit)) ?? 0;
  }

  private elsewhere(patient: number, place: Admission, limit: number): number | undefined {
    const wish = this.anywhere(patient);
    const keep = wish.day >= 0 && place.day >= 0 && this.random.next() < 0.5;
    return this.rearrange([[patient, keep ? { ...wish, day: place.day, theatre: place.theatre } : wish]], limit);
  }

  /** Exchanges the rooms of two patients. */
  private exchange(patient: number, limit: number): number | undefined {
    const other = this.random.below(this.day.length);
    const [one, two] = [this.placeOf(patient), this.placeOf(other)];
    if (other === patient || two.day < 0) return undefined;
    const moves = [
      [patient, { ...one, room: two.room }],
      [other, { ...two, room: one.room }],
    ] as const;
    return this.rearrange(moves, limit);
  }

  private otherNurse(limit: number): number {
    const { days } = this.problem;
    const cell = this.random.below(this.nurse.length);
    const shift = cell % this.shifts;
    const old = this.nurse[cell] as number;
    const wish = this.random.pick(this.onShift[shift] as number[]);
    const present = this.lists[Math.floor(cell / this.shifts) * days + Math.floor(shift / this.perDay)] as number[];
    const give = (nurse: number, sign: 1 | -1): number =>
      present.reduce(
        (cost, person) => cost + this.nursed(person, { shift, from: this.cameOn(person), nurse, sign }),
        0,
      );
    const cost = give(old, -1) + give(wish, 1);
    if (cost <= limit) {
      this.nurse[cell] = wish;
      return cost;
    }
    give(wish, -1);
    give(old, 1);
    return 0;
  }

  private cameOn(person: number): number {
    return person < this.day.length ? (this.day[person] as number) : 0;
  }

  /** Whether every mandatory patient is admitted. */
  feasible(): boolean {
    return this.day.every((day, patient) => day >= 0 || this.problem.surgeries.mandatory[patient] === 0);
  }

  plan(): IhtcPlan {
    const cells = [...this.nurse.keys()];
    return {
      day: this.day.slice(),
      room: this.room.slice(),
      theatre: this.theatre.slice(),
      duties: {
        nurse: this.nurse.slice(),
        shift: Int32Array.from(cells, (cell) => cell % this.shifts),
        room: Int32Array.from(cells, (cell) => Math.floor(cell / this.shifts)),
      },
    };
  }
}

interface Admission {
  readonly day: number;
  readonly room: number;
  readonly theatre: number;
}

/** Temperatures at the beginning and at the end, in points of cost. */
const [hot, cold] = [200, 1];

/** The plan at the end of the walk, or none where a mandatory patient found no place; when all of them had one, in ms. */
export const ihtcBaseline = (problem: IhtcProblem, { seed, seconds }: { seed: number; seconds: number }) => {
  const random = randomOf(seed);
  const walk = new Baseline(problem, random);
  const begun = performance.now();
  let iterations = 0;
  let firstFeasibleMs: number | undefined;
  for (let share = 0; share < 1; share = (performance.now() - begun) / (1000 * seconds)) {
    const temperature = hot * (cold / hot) ** share;
    for (let step = 0; step < 1000; step++) walk.step(-temperature * Math.log(1 - random.next()));
    iterations += 1000;
    if (firstFeasibleMs === undefined && walk.feasible()) firstFeasibleMs = performance.now() - begun;
  }
  return { plan: walk.feasible() ? walk.plan() : undefined, iterations, firstFeasibleMs };
};
