import { type AnswerOf, done } from '#libs/api-client/door';
import { type Player } from '../demo/stage';
import { lookAt, type Move, move } from '../seed/desk';
import { type TakenOver } from './day-handover';
import { assessAtDesk, triage } from './day-triage';
import { count } from './day-tally';
import { attempt, type DayWorld, firstNurse, onDuty, type Present, sinceArrival } from './day-world';

type Row = AnswerOf<'get', '/api/triage/queue'>['rows'][number];

const looksEvery = 0.5;
const roomCount = 80;

/**
 * The desk of a shift until its end: nurses finish what was handed to them and take whoever is next, physicians call
 * whoever waits; whoever is in hand is finished.
 */
export const workShift = async (world: DayWorld, until: number, handed: readonly TakenOver[] = []): Promise<void> => {
  const free = [...onDuty(world).nurses];
  const inHand = new Set<Promise<void>>();
  const take = (work: Promise<void>): void => {
    const kept = work.finally(() => inHand.delete(kept));
    inHand.add(kept);
  };
  for (const { nurse, reviewId } of handed)
    take(attempt(world, 'handed over', () => triageHeld(world, nurse, reviewId)));
  while (world.clock.minute() < until && !world.clock.over()) {
    await attempt(world, 'looking at the queue', async () => {
      const rows = await queueOf(world);
      for (const job of await jobsOf(world, rows)) {
        const nurse = free.pop();
        if (!nurse) break;
        take(attended(world, job, nurse).finally(() => free.push(nurse)));
      }
      receive(world, rows);
    });
    await world.clock.pass(looksEvery);
  }
  await Promise.all(inHand);
};

const triageHeld = async (world: DayWorld, nurse: Player, reviewId: string): Promise<void> => {
  const { patient } = await lookAt(nurse.door, reviewId);
  const present = world.present.get(patient.name);
  if (present) await triage(world, nurse, { present, reviewId });
};

const queueOf = async (world: DayWorld): Promise<readonly Row[]> => {
  const { rows } = done(await firstNurse(world).door.ask('get', '/api/triage/queue'));
  for (const { patient, caseId } of rows) {
    const present = world.present.get(patient.name);
    if (present) present.caseId ??= caseId;
  }
  return rows;
};

interface Job {
  readonly present: Present;
  readonly what: string;
  readonly work: (nurse: Player) => Promise<void>;
}

/** What there is to do, in the order of the queue: levels to sign, patients nobody has looked at, re-assessments that are due. */
const jobsOf = async (world: DayWorld, rows: readonly Row[]): Promise<Job[]> => {
  const jobs = rows.flatMap((row): Job[] => {
    const present = world.present.get(row.patient.name);
    if (!present) return [];
    const { review } = row;
    if (review?.state === 'open' && review.claimedBy === null)
      return [{ present, what: 'triage', work: (nurse) => triage(world, nurse, { present, reviewId: review.id }) }];
    const assessing = (nurse: Player) => assessAtDesk(world, nurse, present);
    return row.state === 'awaiting-assessment' ? [{ present, what: 'assessment', work: assessing }] : [];
  });
  return [...jobs, ...(await dueTasks(world))].filter(({ present }) => !present.attended && !present.ended);
};

const dueTasks = async (world: DayWorld): Promise<Job[]> => {
  const { items } = done(await firstNurse(world).door.ask('get', '/api/tasks'));
  const byCase = new Map([...world.present.values()].map((present) => [present.caseId, present]));
  return items
    .filter(({ kind, overdue }) => kind === 're-assessment' && overdue)
    .flatMap(({ caseId }) => {
      const present = byCase.get(caseId);
      if (!present) return [];
      return [{ present, what: 're-assessment', work: (nurse: Player) => assessAtDesk(world, nurse, present) }];
    });
};

const attended = async (world: DayWorld, { present, what, work }: Job, nurse: Player): Promise<void> => {
  present.attended = true;
  await attempt(world, what, () => work(nurse));
  present.attended = false;
};

/* Rooms outlive a shift: whoever is on duty when something is due does it. */
const receive = (world: DayWorld, rows: readonly Row[]): void => {
  let rooms = roomCount - [...world.present.values()].filter(({ inRoom, ended }) => inRoom && !ended).length;
  for (const row of rows) {
    const present = world.present.get(row.patient.name);
    if (!present || present.attended || present.ended || present.inRoom) continue;
    const { leavesAfter } = present.patient;
    if (leavesAfter !== null && sinceArrival(world, present) >= leavesAfter) void leaves(world, present);
    else if (row.state === 'waiting' && rooms-- > 0) void treat(world, present);
  }
};

const leaves = async (world: DayWorld, present: Present): Promise<void> => {
  present.ended = true;
  await attempt(world, 'leaving', () => moved(world, present, { move: 'leave' }));
};

const treat = async (world: DayWorld, present: Present): Promise<void> => {
  present.inRoom = true;
  const { number, treatedFor } = present.patient;
  await attempt(world, 'treatment', async () => {
    await moved(world, present, { move: 'call', room: `诊室 ${1 + (number % roomCount)}` });
    await world.clock.pass(2);
    await moved(world, present, { move: 'see' });
    await world.clock.pass(treatedFor);
    if (world.clock.over()) return;
    const disposition = number % 5 === 0 ? 'admitted' : 'home';
    await moved(world, present, { move: 'close', disposition });
    present.ended = true;
    count(world.tally, `closed: ${disposition}`);
  });
};

const moveTries = 4;

const moved = async (world: DayWorld, { caseId }: Present, what: Move): Promise<void> => {
  for (let left = moveTries; ; left--) {
    const [physician] = onDuty(world).physicians;
    if (!physician || caseId === null) throw new Error('nobody can move the patient');
    try {
      return await move(physician.door, caseId, what);
    } catch (thrown) {
      if (left === 0 || !String(thrown).includes('VERSION_MISMATCH')) throw thrown;
    }
  }
};
