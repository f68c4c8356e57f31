import { type Player, type Stage } from '../demo/stage';
import { type Dice } from '../seed/dice';
import { type DayClock } from './day-clock';
import { type DayPatient } from './day-plan';
import { type Shift } from './day-staff';
import { count, type DayTally, fault } from './day-tally';

/** A patient in the house, as far as the players know. */
export interface Present {
  readonly patient: DayPatient;
  /** Null until the desk has seen who came by the feed. */
  caseId: string | null;
  ended: boolean;
  monitored: boolean;
  /** A nurse attends to the patient just now. */
  attended: boolean;
  /** A physician has the patient. */
  inRoom: boolean;
}

/** What the players of a day share. */
export interface DayWorld {
  readonly stage: Stage;
  readonly clock: DayClock;
  readonly dice: Dice;
  readonly tally: DayTally;
  /** Who is on duty now. */
  shift: Shift | null;
  /** By name, which is how a desk knows who came by the feed; names are given once. */
  readonly present: Map<string, Present>;
}

/** Remembers who has come. */
export const comes = (world: DayWorld, patient: DayPatient, caseId: string | null): Present => {
  const present: Present = { patient, caseId, ended: false, monitored: false, attended: false, inRoom: false };
  world.present.set(patient.name, present);
  return present;
};

/** Minutes since the patient came. */
export const sinceArrival = ({ clock }: DayWorld, { patient }: Present): number => clock.minute() - patient.comesAt;

/** Does something that people may be refused, as on any day; anything else that goes wrong is a fault of the day. */
export const attempt = async (world: DayWorld, what: string, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (thrown) {
    const told = thrown instanceof Error ? thrown.message : String(thrown);
    const code = /^the API refused: 4\d\d .*"code":"(\w+)"/.exec(told)?.[1];
    if (code) count(world.tally, `given up: ${what}, ${code}`);
    else fault(world.tally, `${what}: ${told}`);
  }
};

/** Who is on duty; throws between shifts. */
export const onDuty = ({ shift }: DayWorld): Shift => {
  if (shift === null) throw new Error('nobody is on duty');
  return shift;
};

/** A nurse on duty. */
export const firstNurse = (world: DayWorld): Player => {
  const [first] = onDuty(world).nurses;
  if (!first) throw new Error('no nurse is on duty');
  return first;
};
