import { openMachineDoor } from '#libs/api-client/door';
import { type Violation } from '#libs/invariants/violation';
import { type Stage } from '../demo/stage';
import { violationsAt } from '../demo/violations-at';
import { readDemoServiceAccount } from '../seed/demo-files';
import { createDice } from '../seed/dice';
import { connectFeed, letArrive } from './day-arrivals';
import { startDayClock, wallClock } from './day-clock';
import { workShift } from './day-desk';
import { befall, type Befallen } from './day-events';
import { handOver, type TakenOver } from './day-handover';
import { casesOpened } from './day-ledger';
import { runMonitors } from './day-monitors';
import { type DayEvents, type DayOrder, type DayPatient, eventsOf, planDay } from './day-plan';
import { comeOn, goOff, type Hired, hireStaff, type ThreeShifts } from './day-staff';
import { countedDoor, type DayTally, fault, newTally } from './day-tally';
import { type DayWorld, onDuty } from './day-world';

/** How a day is played on a stage. */
export interface DayPlayed {
  readonly order: DayOrder;
  readonly mllpPort: number;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What came of a day. */
export interface DayOutcome {
  readonly order: DayOrder;
  readonly tally: DayTally;
  readonly befallen: readonly Befallen[];
  readonly violations: readonly Violation[];
  readonly tookMs: number;
}

/* After a day of thousands of readings an installation needs a moment to come to rest. */
const quietMs = 120_000;

/** Plays a day of an emergency department with everything that befalls it, and asks the invariants afterwards. */
export const playDay = async (stage: Stage, played: DayPlayed): Promise<DayOutcome> => {
  const { order, say, signal } = played;
  const patients = planDay(order);
  // Names are made alike: searching everything for a few of them finds a leak of any.
  stage.canaries.push(...patients.slice(0, 3).map(({ name }) => name));
  const hired = await hireStaff(stage);
  const startedAt = performance.now();
  const clock = startDayClock({ minutes: order.hours * 60, speed: order.speed, signal });
  const world: DayWorld = {
    stage,
    clock,
    dice: createDice(order.seed + 1),
    tally: newTally(say),
    shift: null,
    present: new Map(),
  };
  world.shift = await comeOn(world, hired[0]);
  const befallen = await runDay(world, patients, { ...played, hired });
  signal.throwIfAborted();
  const tookMs = performance.now() - startedAt;
  const opened = await casesOpened(stage.query);
  if (opened !== world.present.size) fault(world.tally, `${world.present.size} patients came, ${opened} have a case`);
  say('checking the invariants · 检查不变量');
  const violations = Object.values(await violationsAt(stage, quietMs)).flat();
  return { order, tally: world.tally, befallen, violations, tookMs };
};

const runDay = async (
  world: DayWorld,
  patients: readonly DayPatient[],
  { order, mllpPort, say, hired }: DayPlayed & { hired: ThreeShifts },
): Promise<readonly Befallen[]> => {
  const { installation } = world.stage;
  const token = readDemoServiceAccount(installation.stateDir)?.token ?? '';
  const devices = openMachineDoor(installation.addresses.api ?? '', token);
  const feed = connectFeed(world, mllpPort);
  const events = eventsOf(order);
  try {
    const [befallen] = await Promise.all([
      befall(world, events),
      letArrive(world, patients, feed),
      runMonitors(world, countedDoor(devices, world.tally), order.monitors),
      workShifts(world, events, hired),
      tellHours(world, say),
    ]);
    return befallen;
  } finally {
    await feed.close();
    await devices.close();
  }
};

const workShifts = async (world: DayWorld, { shiftEnds }: DayEvents, hired: ThreeShifts): Promise<void> => {
  const [first, second] = shiftEnds;
  await workShift(world, first);
  await workShift(world, second, await change(world, hired[1]));
  await workShift(world, Number.POSITIVE_INFINITY, await change(world, hired[2]));
};

/* The next shift is there before the last one goes. */
const change = async (world: DayWorld, next: Hired): Promise<readonly TakenOver[]> => {
  const before = onDuty(world);
  const after = await comeOn(world, next);
  world.shift = after;
  const taken = await handOver(world, before, after);
  await goOff(before);
  return taken;
};

const tellHours = async ({ clock, present, tally }: DayWorld, say: (line: string) => void): Promise<void> => {
  for (let hour = 1; !clock.over(); hour++) {
    await clock.until(hour * 60);
    const here = [...present.values()].filter(({ ended }) => !ended).length;
    const readings = tally.counts.get('monitor readings') ?? 0;
    say(
      `  ${wallClock(clock.minute())}  ${present.size} came, ${here} here, ${readings} readings, ${tally.faults.length} faults`,
    );
  }
};
