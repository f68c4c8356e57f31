import { type ApiDoor } from '#libs/api-client/door';
import { count } from './day-tally';
import { measure, monitored } from './day-vitals';
import { attempt, type DayWorld, type Present, sinceArrival } from './day-world';

/** Bedside monitors, each at one patient until that one leaves, and then at another; a reading every minute. */
export const runMonitors = async (world: DayWorld, door: ApiDoor, monitors: number): Promise<void> => {
  await Promise.all(Array.from({ length: monitors }, () => runMonitor(world, door)));
};

const runMonitor = async (world: DayWorld, door: ApiDoor): Promise<void> => {
  while (!world.clock.over()) {
    const present = next(world);
    if (!present) {
      await world.clock.pass(1);
      continue;
    }
    present.monitored = true;
    await attempt(world, 'monitor', () => watch(world, door, present));
    present.monitored = false;
  }
};

/** Whoever needs watching most: worse stories first, then whoever came first. */
const next = ({ present }: DayWorld): Present | undefined => {
  const free = [...present.values()].filter((one) => one.caseId !== null && !one.ended && !one.monitored);
  return free.find(({ patient }) => patient.worsensAfter !== null) ?? free[0];
};

const watch = async (world: DayWorld, door: ApiDoor, present: Present): Promise<void> => {
  const path = { id: present.caseId ?? '' };
  for (
    let due = world.clock.minute();
    !world.clock.over() && !present.ended;
    due = Math.max(due + 1, world.clock.minute())
  ) {
    await world.clock.until(due);
    const vitals = monitored(measure(world.dice, present.patient, sinceArrival(world, present)));
    const body = { complaint: '', vitals, measuredAt: new Date().toISOString() };
    const reply = await door.ask('post', '/api/triage/cases/{id}/assessments', { path, body });
    if (reply.ok) count(world.tally, 'monitor readings');
    else if (reply.problem.code === 'TRANSITION_NOT_ALLOWED') return;
    const late = world.clock.minute() - due - 1;
    if (late > 0) count(world.tally, 'monitor minutes late', late);
  }
};
