import type { Random } from '../random';
import type { IhtcHouse } from './ihtc.house';
import type { Nursing } from './nursing';
import { notMade } from './move';

/** Shares of the kinds of moves; the rest exchanges two rooms' nurses over several shifts. */
const assigns = 0.55;
const swaps = 0.25;
const runs = 0.15;

/** The neighbourhoods of nurses, in the way of {@link PatientMoves}. */
export class NurseMoves {
  private readonly nursing: Nursing;
  private readonly rooms: number;
  private readonly days: number;
  private readonly load: Int32Array;
  /** Room, shift and nurse of the changes of a compound move, to take them back. */
  private readonly undo = new Int32Array(3 * 1024);
  private undoLength = 0;

  constructor(
    private readonly house: IhtcHouse,
    private readonly random: Random,
  ) {
    this.nursing = house.nursing;
    this.rooms = house.problem.rooms.ids.length;
    this.days = house.problem.days;
    this.load = house.problem.nurses.load;
  }

  attempt(limit: number): number {
    const { random, nursing } = this;
    const room = random.below(this.rooms);
    const shift = random.below(nursing.shifts);
    if (this.isEmpty(room, shift)) return notMade;
    const draw = random.next();
    if (draw < assigns) return this.assign(room, shift, limit);
    if (draw < assigns + swaps) return this.swap(room, shift, limit);
    if (draw < assigns + swaps + runs) return this.run(room, shift, limit);
    return this.swapRun(room, shift, limit);
  }

  private isEmpty(room: number, shift: number): boolean {
    const day = (shift / this.nursing.perDay) | 0;
    return this.house.rooms.present[room * this.days + day] === 0;
  }

  /** A nurse on shift, every other time one whom the room has in a shift nearby. */
  private nurseFor(room: number, shift: number): number {
    const { random, nursing } = this;
    if (random.next() < 0.5) {
      const near = shift + random.below(4 * nursing.perDay + 1) - 2 * nursing.perDay;
      if (near >= 0 && near < nursing.shifts) {
        const nurse = nursing.nurse[room * nursing.shifts + near] as number;
        if ((this.load[nurse * nursing.shifts + shift] as number) >= 0) return nurse;
      }
    }
    const nurses = this.house.onShift[shift] as Int32Array;
    return nurses.length === 0 ? -1 : (nurses[random.below(nurses.length)] as number);
  }

  private assign(room: number, shift: number, limit: number): number {
    const { nursing } = this;
    const nurse = this.nurseFor(room, shift);
    if (nurse < 0 || nurse === nursing.nurse[room * nursing.shifts + shift]) return notMade;
    const difference = nursing.changeOfNurse(room, shift, nurse);
    if (difference > limit) return notMade;
    nursing.assign(room, shift, nurse);
    return difference;
  }

  private swap(room: number, shift: number, limit: number): number {
    const { nursing, random } = this;
    const other = random.below(this.rooms);
    const nurse = nursing.nurse[room * nursing.shifts + shift] as number;
    const theirs = nursing.nurse[other * nursing.shifts + shift] as number;
    if (nurse === theirs || this.isEmpty(other, shift)) return notMade;
    const difference = nursing.exchangeOfNurses(shift, room, other);
    if (difference > limit) return notMade;
    nursing.assign(room, shift, theirs);
    nursing.assign(other, shift, nurse);
    return difference;
  }

  private change(room: number, shift: number, nurse: number): number {
    const { nursing, undo } = this;
    const difference = nursing.changeOfNurse(room, shift, nurse);
    undo[this.undoLength++] = room;
    undo[this.undoLength++] = shift;
    undo[this.undoLength++] = nursing.nurse[room * nursing.shifts + shift] as number;
    nursing.assign(room, shift, nurse);
    return difference;
  }

  private settle(difference: number, limit: number): number {
    const { nursing, undo } = this;
    if (this.undoLength > 0 && difference <= limit) return difference;
    while (this.undoLength > 0) {
      this.undoLength -= 3;
      const [room, shift] = [undo[this.undoLength] as number, undo[this.undoLength + 1] as number];
      nursing.assign(room, shift, undo[this.undoLength + 2] as number);
    }
    return notMade;
  }

  /** One nurse for a room over some days, in the shifts of a kind in which she is there. */
  private run(room: number, shift: number, limit: number): number {
    const { nursing } = this;
    const nurse = this.nurseFor(room, shift);
    const end = Math.min(nursing.shifts, shift + nursing.perDay * (2 + this.random.below(4)));
    this.undoLength = 0;
    let difference = 0;
    if (nurse < 0) return notMade;
    for (let at = shift; at < end; at += nursing.perDay) {
      if ((this.load[nurse * nursing.shifts + at] as number) < 0) break;
      if (nursing.nurse[room * nursing.shifts + at] !== nurse) difference += this.change(room, at, nurse);
    }
    return this.settle(difference, limit);
  }

  /** Two rooms exchange their nurses over some shifts. */
  private swapRun(room: number, shift: number, limit: number): number {
    const { nursing, random } = this;
    const other = random.below(this.rooms);
    const step = random.chance(0.5) ? 1 : nursing.perDay;
    const end = Math.min(nursing.shifts, shift + step * (2 + random.below(6)));
    this.undoLength = 0;
    let difference = 0;
    for (let at = shift; at < end; at += step) {
      const nurse = nursing.nurse[room * nursing.shifts + at] as number;
      const theirs = nursing.nurse[other * nursing.shifts + at] as number;
      if (nurse === theirs) continue;
      difference += this.change(room, at, theirs);
      difference += this.change(other, at, nurse);
    }
    return this.settle(difference, limit);
  }
}
