import { type ApiDoor, done } from '#libs/api-client/door';
import { assess, judge, lookAt, lookForDraft, move, signByHand, signDraft } from '../desk';
import { type SignedLevel, type Story } from './patient';

/** Who tells the stories of the waiting room, each signed in. */
export interface RoomStaff {
  readonly nurse: ApiDoor;
  readonly colleague: ApiDoor;
  readonly physician: ApiDoor;
}

/** A patient at the desk; the review is null until somebody has looked at them. */
export interface AtTheDesk {
  readonly caseId: string;
  readonly reviewId: string | null;
}

type Seen = { readonly caseId: string; readonly reviewId: string };

type Teller<K extends Story['kind']> = (
  staff: RoomStaff,
  at: Seen,
  story: Extract<Story, { kind: K }>,
) => Promise<unknown>;

const sign = async ({ nurse }: RoomStaff, { reviewId }: Seen, { level, to }: SignedLevel) =>
  done(await signByHand(nurse, await lookAt(nurse, reviewId), { level, to }));

type CalledTo = SignedLevel & { readonly room: string };

const call = async (staff: RoomStaff, at: Seen, story: CalledTo): Promise<void> => {
  await sign(staff, at, story);
  await move(staff.nurse, at.caseId, { move: 'call', room: story.room });
};

const see = async (staff: RoomStaff, at: Seen, story: CalledTo): Promise<void> => {
  await call(staff, at, story);
  await move(staff.physician, at.caseId, { move: 'see' });
};

const nothing = async (): Promise<void> => undefined;

const tellers: { readonly [K in Story['kind']]: Teller<K> } = {
  unassessed: nothing,
  resus: nothing,
  assessed: nothing,
  claimed: async ({ colleague }, { reviewId }) =>
    done(await colleague.ask('post', '/api/reviews/{id}/claim', { path: { id: reviewId } })),
  judged: ({ nurse }, { reviewId }, { level }) => judge(nurse, reviewId, level),
  redraft: async ({ nurse }, { reviewId }, { level, note }) => {
    await judge(nurse, reviewId, level);
    await lookForDraft(nurse, reviewId);
    const body = { notes: [{ text: note }] };
    done(await nurse.ask('post', '/api/reviews/{id}/redrafts', { path: { id: reviewId }, body }));
  },
  deferred: async ({ nurse }, { reviewId }, { minutes, reason }) => {
    const body = { until: new Date(Date.now() + minutes * 60_000).toISOString(), reason };
    done(await nurse.ask('post', '/api/reviews/{id}/deferrals', { path: { id: reviewId }, body }));
  },
  escalated: async ({ nurse }, { reviewId }, { reason }) =>
    done(await nurse.ask('post', '/api/reviews/{id}/escalations', { path: { id: reviewId }, body: { reason } })),
  'awaiting-second': async ({ nurse }, { reviewId }, { level, reason }) =>
    done(await signByHand(nurse, await lookAt(nurse, reviewId), { level, reason })),
  signed: sign,
  approved: async ({ nurse }, { reviewId }) => {
    await judge(nurse, reviewId, 'III');
    const shown = await lookForDraft(nurse, reviewId);
    // A model that is away leaves the patient to be signed by hand, as on any other day.
    const byHand = shown.draft === null || !shown.draft.approvable;
    done(byHand ? await signByHand(nurse, shown, { level: 'III' }) : await signDraft(nurse, shown));
  },
  worse: async (staff, at, story) => {
    await sign(staff, at, story);
    const measuredAt = new Date().toISOString();
    await assess(staff.colleague, at.caseId, { complaint: '病情加重', vitals: story.vitals, measuredAt });
  },
  called: call,
  seen: see,
  closed: async (staff, at, story) => {
    await see(staff, at, story);
    await move(staff.physician, at.caseId, { move: 'close', disposition: story.end });
  },
  left: ({ nurse }, { caseId }) => move(nurse, caseId, { move: 'leave' }),
  cancelled: ({ nurse }, { caseId }, { reason }) => move(nurse, caseId, { move: 'cancel', reason }),
};

/** Lets a patient come as far as their story says. */
export const tellStory = async (staff: RoomStaff, at: AtTheDesk, story: Story): Promise<void> => {
  const tell = tellers[story.kind] as Teller<Story['kind']>;
  await tell(staff, { caseId: at.caseId, reviewId: at.reviewId ?? '' }, story);
};
