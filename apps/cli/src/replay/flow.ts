import { type ApiDoor, done, type Reply } from '#libs/api-client/door';
import { lowestFloor } from '#libs/packs/acuity';
import { type Level } from '#libs/processes/triage/triage.level';
import { replayReason } from '#libs/review/gate';
import { note } from '../demo/acts/note-decision';
import { coSign, draftedLevel, judge, lookAt, register, type ReviewShown, type Signed, signLevel } from '../seed/desk';
import { type ReplayDesk } from './replay-desk';
import { registrationOf, type Visit } from './visit';

/** What became of a visit: what the product said of it, and how long a person and the workflow took. */
export interface Replayed {
  readonly floor: Level | null;
  /** The level of the draft as it was shown; null where none was shown or the floor applies. */
  readonly draft: Level | null;
  readonly drafted: boolean;
  readonly coSigned: boolean;
  /** From sending the deciding signature to its answer. */
  readonly answeredMs: number;
  /** From sending the deciding signature until a workflow has carried the decision out. */
  readonly carriedOutMs: number;
}

/** Sends one visit through the product, from its registration until its decision is carried out; throws what went wrong. */
export const replay = async (desk: ReplayDesk, nurse: ApiDoor, visit: Visit): Promise<Replayed> => {
  const { caseId, assessment } = await register(nurse, registrationOf(visit, desk.stage.wardId));
  const reviewId = assessment?.reviewId;
  if (!reviewId) throw new Error(`case ${caseId} has no review`);
  const level = visit.row.deskLevel ?? visit.floor ?? lowestFloor;
  await judge(nurse, reviewId, level);
  await desk.drafted(reviewId);
  const shown = await lookAt(nurse, reviewId);
  const floor = shown.floor as Level | null;
  if (floor !== visit.floor) throw new Error(`review ${reviewId} has the floor ${floor}, the rules say ${visit.floor}`);
  const { sentAt, answeredMs, coSigned } = await decide(desk, nurse, { shown, level });
  await desk.carriedOut(reviewId);
  const carriedOutMs = performance.now() - sentAt;
  return { floor, draft: draftedLevel(shown), drafted: shown.draft !== null, coSigned, answeredMs, carriedOutMs };
};

interface ToSign {
  readonly shown: ReviewShown;
  readonly level: Level;
}

interface Decided {
  readonly sentAt: number;
  readonly answeredMs: number;
  readonly coSigned: boolean;
}

const decide = async (desk: ReplayDesk, nurse: ApiDoor, toSign: ToSign): Promise<Decided> => {
  const first = await timed(() => signLevel(nurse, toSign.shown, { level: toSign.level, reason: replayReason }));
  const coSigned = first.signed.state === 'awaiting-second';
  const last = coSigned ? await signSecond(desk, toSign.shown.reviewId) : first;
  if (note(desk.stage, last.reply) === null) throw new Error(`review ${last.signed.reviewId} was signed, not decided`);
  return { sentAt: last.sentAt, answeredMs: last.answeredMs, coSigned };
};

const signSecond = async ({ charge }: ReplayDesk, reviewId: string) => {
  const shown = await lookAt(charge.door, reviewId);
  return timed(() => coSign(charge.door, shown, charge.password));
};

const timed = async (work: () => Promise<Reply<Signed>>) => {
  const sentAt = performance.now();
  const reply = await work();
  const answeredMs = performance.now() - sentAt;
  return { reply, signed: done(reply), sentAt, answeredMs };
};
