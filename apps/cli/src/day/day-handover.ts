import { done } from '#libs/api-client/door';
import { type Player } from '../demo/stage';
import { type Shift } from './day-staff';
import { count } from './day-tally';
import { attempt, type DayWorld } from './day-world';

/** A review that a nurse of the next shift has accepted. */
export interface TakenOver {
  readonly nurse: Player;
  readonly reviewId: string;
}

/** The end of a shift: each nurse who goes has a review begun, gives it to a nurse who comes, and that one accepts. */
export const handOver = async (world: DayWorld, going: Shift, coming: Shift): Promise<readonly TakenOver[]> => {
  const taken: TakenOver[] = [];
  for (const [at, nurse] of going.nurses.entries()) {
    const receiver = coming.nurses[at];
    if (!receiver) continue;
    await attempt(world, 'handover', async () => {
      if (!(await takeUp(nurse))) return;
      await give(nurse, receiver);
      const reviewIds = await accept(receiver);
      count(world.tally, 'handed over', reviewIds.length);
      taken.push(...reviewIds.map((reviewId) => ({ nurse: receiver, reviewId })));
    });
  }
  return taken;
};

/* The first review that nobody holds; false where there is none. */
const takeUp = async ({ door }: Player): Promise<boolean> => {
  const { items } = done(await door.ask('get', '/api/reviews', { query: { unassigned: 'true', limit: '1' } }));
  const [review] = items;
  if (!review) return false;
  return (await door.ask('post', '/api/reviews/{id}/claim', { path: { id: review.reviewId } })).ok;
};

const give = async ({ door }: Player, receiver: Player): Promise<void> => {
  const { receivers } = done(await door.ask('get', '/api/me/handovers'));
  const receiverId = receivers.find(({ name }) => name === receiver.name)?.userId ?? null;
  done(await door.ask('post', '/api/me/handovers', { body: { receiverId, items: [], note: '交班，请接手' } }));
};

const accept = async ({ door }: Player): Promise<string[]> => {
  const { received } = done(await door.ask('get', '/api/me/handovers'));
  const accepted: string[] = [];
  for (const { handoverId: id } of received) {
    const body = { answer: 'accept' } as const;
    const { results } = done(await door.ask('post', '/api/me/handovers/{id}/acknowledgements', { path: { id }, body }));
    accepted.push(...results.flatMap(({ outcome, reviewId }) => (outcome === 'accepted' ? [reviewId] : [])));
  }
  return accepted;
};
