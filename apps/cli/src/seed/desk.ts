import { setTimeout as sleep } from 'node:timers/promises';
import { type AnswerOf, type ApiDoor, type BodyOf, done, type Reply } from '#libs/api-client/door';
import { isBelowFloor, type Level } from '#libs/processes/triage/triage.level';

/** A review as the API shows it. */
export type ReviewShown = AnswerOf<'get', '/api/reviews/{id}'>;
/** What is answered to a signature. */
export type Signed = AnswerOf<'post', '/api/reviews/{id}/decisions'>;
/** What is sent to register a patient. */
export type Registration = BodyOf<'post', '/api/triage/cases'>;
/** What is answered to a registration. */
export type Registered = AnswerOf<'post', '/api/triage/cases'>;
/** What is sent to move a patient. */
export type Move = BodyOf<'post', '/api/triage/cases/{id}/moves'>;
/** What is sent to assess a patient. */
export type AssessmentSent = BodyOf<'post', '/api/triage/cases/{id}/assessments'>;

/** The ward with this code, as the person reaches it. */
export const wardOf = async (door: ApiDoor, code: string): Promise<string> => {
  const { wards } = done(await door.ask('get', '/api/auth/session'));
  const ward = wards.find((one) => one.code === code);
  if (!ward) throw new Error(`no ward ${code} within reach`);
  return ward.id;
};

/** Looks at a review: what is shown is what may be signed. */
export const lookAt = async (door: ApiDoor, reviewId: string): Promise<ReviewShown> =>
  done(await door.ask('get', '/api/reviews/{id}', { path: { id: reviewId } }));

/** Stores the person's own level. */
export const judge = async (door: ApiDoor, reviewId: string, level: Level): Promise<void> => {
  const body = { content: { level, note: '' } };
  done(await door.ask('post', '/api/reviews/{id}/judgements', { path: { id: reviewId }, body }));
};

/** Looks until the draft is shown, or `withinMs` is over. */
export const lookForDraft = async (door: ApiDoor, reviewId: string, withinMs = 10_000): Promise<ReviewShown> => {
  const end = Date.now() + withinMs;
  for (;;) {
    const shown = await lookAt(door, reviewId);
    if (shown.draft !== null || Date.now() > end) return shown;
    await sleep(100);
  }
};

/** A level as a person signs it by hand; below the floor it needs a reason. */
export interface ByHand {
  readonly level: Level;
  readonly to?: string | null;
  readonly reason?: string;
}

/** What signs a level by hand on a review as shown. */
export const signByHand = async (door: ApiDoor, shown: ReviewShown, { level, to = null, reason }: ByHand) =>
  door.ask('post', '/api/reviews/{id}/decisions', {
    path: { id: shown.reviewId },
    version: shown.version,
    body: {
      action: 'manual',
      content: { level, department: to, note: '' },
      acknowledgedFacts: shown.staleFacts,
      shownSha256: shown.viewSha256,
      ...(reason !== undefined && { reasonCode: reason }),
    },
  });

/** What signs the draft of a review as shown; where it differs from the own judgement, with a reason. */
export const signDraft = async (
  door: ApiDoor,
  shown: ReviewShown,
  { reasonCode = null }: { reasonCode?: string | null } = {},
) =>
  door.ask('post', '/api/reviews/{id}/decisions', {
    path: { id: shown.reviewId },
    version: shown.version,
    body: {
      action: 'approve',
      draftVersion: shown.draft?.version ?? 0,
      draftSha256: shown.draft?.sha256 ?? null,
      acknowledgedFacts: shown.staleFacts,
      shownSha256: shown.viewSha256,
      reasonCode,
    },
  });

/** What signs a level of one's own on the draft of a review as shown. */
export const amendDraft = async (door: ApiDoor, shown: ReviewShown, { level, to = null, reason }: ByHand) =>
  door.ask('post', '/api/reviews/{id}/decisions', {
    path: { id: shown.reviewId },
    version: shown.version,
    body: {
      action: 'amend',
      draftVersion: shown.draft?.version ?? 0,
      draftSha256: shown.draft?.sha256 ?? null,
      content: { level, department: to, note: '' },
      acknowledgedFacts: shown.staleFacts,
      shownSha256: shown.viewSha256,
      ...(reason !== undefined && { reasonCode: reason }),
    },
  });

/** The level of a draft as shown; null where none is. */
export const draftedLevel = ({ draft }: ReviewShown): Level | null =>
  ((draft?.content ?? {}) as { level?: Level | null }).level ?? null;

/**
 * Signs one's own level on a review as shown: the draft itself where it says the same, over the draft, or by hand without
 * one. The reason goes along where the level differs from the draft or lies below the floor.
 */
export const signLevel = (
  door: ApiDoor,
  shown: ReviewShown,
  { level, to = null, reason }: Required<Pick<ByHand, 'level' | 'reason'>> & Pick<ByHand, 'to'>,
): Promise<Reply<Signed>> => {
  const drafted = draftedLevel(shown);
  if (shown.draft?.approvable && drafted === level) return signDraft(door, shown);
  const differs = drafted !== null && drafted !== level;
  const needsReason = differs || isBelowFloor(level, shown.floor as Level | null);
  const own = { level, to, ...(needsReason && { reason }) };
  return shown.draft === null ? signByHand(door, shown, own) : amendDraft(door, shown, own);
};

/** The second signature on what the first one signed, with the person's password. */
export const coSign = async (door: ApiDoor, shown: ReviewShown, password: string) => {
  const first = shown.signatures.find(({ sequence }) => sequence === 1);
  if (!first) throw new Error('there is no first signature');
  const { signatureId, contentSha256 } = first;
  return door.ask('post', '/api/reviews/{id}/second-signatures', {
    path: { id: shown.reviewId },
    version: shown.version,
    body: { signatureId, contentSha256, password, shownSha256: shown.viewSha256 },
  });
};

/** Registers a patient. */
export const register = async (door: ApiDoor, body: Registration): Promise<Registered> =>
  done(await door.ask('post', '/api/triage/cases', { body }));

/** Assesses a patient; answers the review that waits, if one does. */
export const assess = async (door: ApiDoor, caseId: string, body: AssessmentSent) =>
  done(await door.ask('post', '/api/triage/cases/{id}/assessments', { path: { id: caseId }, body }));

/** Moves a patient of whom the newest version was looked at. */
export const move = async (door: ApiDoor, caseId: string, body: Move): Promise<void> => {
  const { version } = done(await door.ask('get', '/api/triage/cases/{id}', { path: { id: caseId } }));
  done(await door.ask('post', '/api/triage/cases/{id}/moves', { path: { id: caseId }, version, body }));
};
