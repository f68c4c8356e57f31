import { at } from '../arrays';
import type { Random } from '../random';
import type { IhtcProblem } from './ihtc.problem';
import { dayOf, type Place, theatreOf } from './place';

/** Minutes of theatres and surgeons, open theatres, surgeons between theatres, delays and who is not admitted. */
export class TheatreUse {
  private readonly days: number;
  private readonly theatres: number;
  private readonly surgeon: Int32Array;
  private readonly duration: Int32Array;
  private readonly release: Int32Array;
  /** What it costs not to admit a patient: for a mandatory one more than any plan, so that admitting comes first. */
  readonly absence: Int32Array;
  /** Minutes left: theatre × days, surgeon × days. */
  private readonly theatreLeft: Int32Array;
  private readonly surgeonLeft: Int32Array;
  /** Surgeries in a theatre × days, of a surgeon in a theatre on a day, and the theatres a surgeon uses on a day. */
  private readonly surgeries: Int32Array;
  private readonly shared: Int32Array;
  private readonly visits: Int32Array;
  /** Who is operated on each day (day × patients, the first `listed` of them filled), and where in the list. */
  private readonly list: Int32Array;
  private readonly listed: Int32Array;
  private readonly position: Int32Array;
  private readonly theatre: Int32Array;
  private readonly open: number;
  private readonly transfer: number;
  private readonly delay: number;

  constructor(
    problem: IhtcProblem,
    private readonly places: Int32Array,
  ) {
    const { surgeries, weights, days, theatres, surgeons } = problem;
    this.days = days;
    this.theatres = theatres.ids.length;
    this.surgeon = surgeries.surgeon;
    this.duration = surgeries.duration;
    this.release = surgeries.release;
    this.absence = Int32Array.from(surgeries.mandatory, (mandatory) =>
      mandatory === 1 ? mandatoryAbsence : weights.unscheduled_optional,
    );
    this.theatreLeft = theatres.time.slice();
    this.surgeonLeft = surgeons.time.slice();
    this.surgeries = new Int32Array(theatres.time.length);
    this.shared = new Int32Array(surgeons.time.length * this.theatres);
    this.visits = new Int32Array(surgeons.time.length);
    this.list = new Int32Array(days * this.duration.length);
    this.listed = new Int32Array(days);
    this.position = new Int32Array(this.duration.length);
    this.theatre = new Int32Array(this.duration.length);
    this.open = weights.open_operating_theater;
    this.transfer = weights.surgeon_transfer;
    this.delay = weights.patient_delay;
  }

  /** Whether theatre and surgeon have the minutes, where a patient leaves another place for this one. */
  fits(patient: number, from: Place, to: Place): boolean {
    const day = dayOf(to);
    const theatre = theatreOf(to);
    const sameDay = from >= 0 && dayOf(from) === day;
    if (sameDay && theatreOf(from) === theatre) return true;
    const minutes = this.duration[patient] as number;
    if ((this.theatreLeft[theatre * this.days + day] as number) < minutes) return false;
    return sameDay || (this.surgeonLeft[(this.surgeon[patient] as number) * this.days + day] as number) >= minutes;
  }

  /** Minutes that a patient's surgeon has on a day; those of the patient's own surgery too if it is on that day. */
  minutesLeft(patient: number, day: number): number {
    const left = this.surgeonLeft[(this.surgeon[patient] as number) * this.days + day] as number;
    const place = this.places[patient] as number;
    return place >= 0 && dayOf(place) === day ? left + (this.duration[patient] as number) : left;
  }

  /** A theatre with the minutes for a patient who comes from another day: an open one if there is; -1 if none has. */
  theatreFor(patient: number, day: number, random: Random): number {
    const minutes = this.duration[patient] as number;
    let theatre = random.below(this.theatres);
    let closed = -1;
    for (let count = this.theatres; count > 0; count--, theatre = theatre + 1 < this.theatres ? theatre + 1 : 0) {
      const cell = theatre * this.days + day;
      if ((this.theatreLeft[cell] as number) < minutes) continue;
      if ((this.surgeries[cell] as number) > 0) return theatre;
      closed = theatre;
    }
    return closed;
  }

  /** Minutes by which theatre and surgeon are too short for a patient who comes from nowhere. */
  minutesMissing(patient: number, to: Place): { readonly theatre: number; readonly surgeon: number } {
    const minutes = at(this.duration, patient);
    const day = dayOf(to);
    return {
      theatre: minutes - at(this.theatreLeft, theatreOf(to) * this.days + day),
      surgeon: minutes - at(this.surgeonLeft, at(this.surgeon, patient) * this.days + day),
    };
  }

  /** What it costs that a patient goes from one place, or nowhere, to another. */
  difference(patient: number, from: Place, to: Place): number {
    if (from >= 0 && to >= 0 && dayOf(from) === dayOf(to)) return this.sameDay(patient, from, to);
    let cost = 0;
    if (from < 0) cost -= this.absence[patient] as number;
    else cost -= this.delayOf(patient, from) + this.saved(patient, from);
    if (to < 0) cost += this.absence[patient] as number;
    else cost += this.delayOf(patient, to) + this.spent(patient, to);
    return cost;
  }

  private delayOf(patient: number, place: Place): number {
    return this.delay * (dayOf(place) - (this.release[patient] as number));
  }

  private saved(patient: number, place: Place): number {
    const cell = theatreOf(place) * this.days + dayOf(place);
    const team = (this.surgeon[patient] as number) * this.days + dayOf(place);
    const alone = (this.shared[team * this.theatres + theatreOf(place)] as number) === 1;
    return (
      ((this.surgeries[cell] as number) === 1 ? this.open : 0) +
      (alone && (this.visits[team] as number) > 1 ? this.transfer : 0)
    );
  }

  private spent(patient: number, place: Place): number {
    const cell = theatreOf(place) * this.days + dayOf(place);
    const team = (this.surgeon[patient] as number) * this.days + dayOf(place);
    const first = (this.shared[team * this.theatres + theatreOf(place)] as number) === 0;
    return (
      ((this.surgeries[cell] as number) === 0 ? this.open : 0) +
      (first && (this.visits[team] as number) > 0 ? this.transfer : 0)
    );
  }

  private sameDay(patient: number, from: Place, to: Place): number {
    if (theatreOf(from) === theatreOf(to)) return 0;
    const day = dayOf(to);
    const team = ((this.surgeon[patient] as number) * this.days + day) * this.theatres;
    const left = (this.shared[team + theatreOf(from)] as number) === 1 ? 1 : 0;
    const entered = (this.shared[team + theatreOf(to)] as number) === 0 ? 1 : 0;
    const closed = (this.surgeries[theatreOf(from) * this.days + day] as number) === 1 ? 1 : 0;
    const opened = (this.surgeries[theatreOf(to) * this.days + day] as number) === 0 ? 1 : 0;
    return this.transfer * (entered - left) + this.open * (opened - closed);
  }

  /** Somebody who is operated on the day of a place, in its theatre or by the same surgeon; -1 if none was drawn. */
  inTheWay(patient: number, to: Place, random: Random): number {
    const day = dayOf(to);
    const listed = this.listed[day] as number;
    for (let draw = 0; draw < 4 && listed > 0; draw++) {
      const other = this.list[day * this.duration.length + random.below(listed)] as number;
      if (this.theatre[other] === theatreOf(to) || this.surgeon[other] === this.surgeon[patient]) return other;
    }
    return -1;
  }

  /** Books a patient into a place. */
  enter(patient: number, place: Place): void {
    const day = dayOf(place);
    const listed = this.listed[day] as number;
    this.list[day * this.duration.length + listed] = patient;
    this.listed[day] = listed + 1;
    this.position[patient] = listed;
    this.theatre[patient] = theatreOf(place);
    this.book(patient, place, 1);
  }

  /** Books a patient out of a place. */
  leave(patient: number, place: Place): void {
    const day = dayOf(place);
    const listed = (this.listed[day] as number) - 1;
    const last = this.list[day * this.duration.length + listed] as number;
    this.list[day * this.duration.length + (this.position[patient] as number)] = last;
    this.position[last] = this.position[patient] as number;
    this.listed[day] = listed;
    this.book(patient, place, -1);
  }

  private book(patient: number, place: Place, by: 1 | -1): void {
    const cell = theatreOf(place) * this.days + dayOf(place);
    const team = (this.surgeon[patient] as number) * this.days + dayOf(place);
    const minutes = by * (this.duration[patient] as number);
    this.theatreLeft[cell] = (this.theatreLeft[cell] as number) - minutes;
    this.surgeonLeft[team] = (this.surgeonLeft[team] as number) - minutes;
    this.surgeries[cell] = (this.surgeries[cell] as number) + by;
    const pair = team * this.theatres + theatreOf(place);
    const before = this.shared[pair] as number;
    this.shared[pair] = before + by;
    if (before + (by - 1) / 2 === 0) this.visits[team] = (this.visits[team] as number) + by;
  }
}

/** Above the cost of every plan there can be. */
export const mandatoryAbsence = 100_000_000;
