import { done } from '#libs/api-client/door';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import { type Level } from '#libs/processes/triage/triage.level';
import { note } from '../demo/acts/note-decision';
import { type Player } from '../demo/stage';
import { assess, coSign, judge, lookAt, lookForDraft, type ReviewShown, signLevel } from '../seed/desk';
import { count, fault } from './day-tally';
import { measure } from './day-vitals';
import { type DayWorld, onDuty, type Present, sinceArrival } from './day-world';

const reason = 'clinical-judgement';
const readsFor = 1;
const tries = 6;

/** A nurse assesses a patient, and signs a level where one is asked for. */
export const assessAtDesk = async (world: DayWorld, nurse: Player, present: Present): Promise<void> => {
  const reviewId = await lookAfter(world, nurse, present);
  count(world.tally, 'assessed by a nurse');
  if (reviewId !== null) await triage(world, nurse, { present, reviewId });
};

const lookAfter = async (world: DayWorld, nurse: Player, present: Present): Promise<string | null> => {
  const { complaint, flags = {} } = present.patient.template;
  const vitals = measure(world.dice, present.patient, sinceArrival(world, present));
  const body = { complaint, vitals, flags, measuredAt: new Date().toISOString() };
  return (await assess(nurse.door, present.caseId ?? '', body)).reviewId;
};

/** A nurse takes a review, judges, reads the draft where there is one, and signs; another person signs below the floor. */
export const triage = async (
  world: DayWorld,
  nurse: Player,
  { present, reviewId }: { present: Present; reviewId: string },
): Promise<void> => {
  const path = { id: reviewId };
  const claimed = await nurse.door.ask('post', '/api/reviews/{id}/claim', { path });
  if (!claimed.ok) return count(world.tally, `not claimed: ${claimed.problem.code}`);
  const own = await ownLevel(world, nurse, reviewId);
  await judge(nurse.door, reviewId, own);
  await lookForDraft(nurse.door, reviewId, (acuityGate.draftPatienceMs * 2) / world.clock.speed);
  await world.clock.pass(readsFor);
  await signUntilTaken(world, nurse, { present, reviewId, level: own });
};

/* Most judge as the rules do; some see more urgency, and a few less: that takes a second person. */
const ownLevel = async ({ dice }: DayWorld, nurse: Player, reviewId: string): Promise<Level> => {
  const floor = (await lookAt(nurse.door, reviewId)).floor as Level | null;
  const chance = dice.next();
  if (floor === null) return chance < 0.2 ? 'III' : 'IVa';
  if (chance < 0.05 && floor !== 'I') return floor === 'II' ? 'III' : 'IVa';
  if (chance < 0.15) return floor === 'III' ? 'II' : floor;
  return floor;
};

interface Signing {
  readonly present: Present;
  readonly reviewId: string;
  readonly level: Level;
}

/* What came meanwhile is looked at, and the level signed again; how often that was needed is counted. */
const signUntilTaken = async (world: DayWorld, nurse: Player, signing: Signing): Promise<void> => {
  for (let tried = 1; tried <= tries; tried++) {
    const shown = await lookAt(nurse.door, signing.reviewId);
    if (shown.state !== 'open') return count(world.tally, `signed too late: ${shown.state}`);
    const reply = await signLevel(nurse.door, shown, { level: signing.level, reason });
    if (reply.ok) {
      count(world.tally, `signed at attempt ${tried}`);
      note(world.stage, reply);
      if (reply.body.state === 'awaiting-second') await signSecond(world, signing.reviewId);
      return;
    }
    if (reply.problem.code === 'STALE_VITALS') await lookAfter(world, nurse, signing.present);
    await world.clock.pass(0.2);
  }
  fault(world.tally, `review ${signing.reviewId} could not be signed in ${tries} attempts`);
};

const signSecond = async (world: DayWorld, reviewId: string): Promise<void> => {
  await world.clock.pass(readsFor);
  const { charge } = onDuty(world);
  const shown: ReviewShown = await lookAt(charge.door, reviewId);
  if (shown.state !== 'awaiting-second') return count(world.tally, `second signature too late: ${shown.state}`);
  const reply = await coSign(charge.door, shown, charge.password);
  done(reply);
  note(world.stage, reply);
  count(world.tally, 'second signatures');
};
