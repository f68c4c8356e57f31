import { changedFields } from '#libs/crypto/changed-fields';
import { answersOf, type Declared, type DraftAnswers, type NoteAnswer, type NoteOnDraft } from '#libs/review/notes';
import { type ReviewEntity } from '../entities/review.entity';
import { ReviewEventEntity } from '../entities/review-event.entity';
import { type Tx } from '../transaction';
import { eventNote } from './review-event.store';
import { draftOfVersion } from './view.store';

/** A note as it was asked for: in which round, by whom and when. */
export interface StoredNote extends NoteOnDraft {
  readonly text: string;
  readonly round: number;
  readonly askedBy: string | null;
  readonly at: Date;
}

/** How a request for another draft is kept: ids in clear, what was asked under encryption. */
export interface RedraftRequest {
  readonly data: { readonly round: number; readonly notes: readonly number[]; readonly onVersion: number };
  readonly note: string;
}

/** The request of a round as an event keeps it. */
export const redraftRequest = (
  asked: { round: number; onVersion: number },
  notes: readonly { readonly id: number; readonly text: string; readonly field: string | null }[],
): RedraftRequest => ({ data: { ...asked, notes: notes.map(({ id }) => id) }, note: JSON.stringify(notes) });

/** The numbered notes of every redraft asked for, oldest first. */
export const redraftNotes = async (tx: Tx, reviewId: string): Promise<StoredNote[]> => {
  const asked = await tx.manager.find(ReviewEventEntity, {
    where: { reviewId, kind: 'redraft-asked' },
    order: { seq: 'ASC' },
  });
  return asked.flatMap((event) => {
    const { round, onVersion = 0 } = event.data as Partial<RedraftRequest['data']> & { round: number };
    const notes = JSON.parse(eventNote(tx, event) ?? '[]') as { id: number; text: string; field?: string | null }[];
    return notes.map(({ id, text, field = null }) => {
      return { id, text, field, round, onVersion, askedBy: event.byId, at: event.at };
    });
  });
};

/** A new version as far as it answers notes. */
export interface AnsweringContent {
  readonly content: unknown;
  readonly redraftRound: number;
  readonly declared: Declared;
  readonly fields: readonly string[];
}

/** What a new version makes of the notes that were in its prompt, compared with the versions they were written on. */
export const answersTo = async (tx: Tx, review: ReviewEntity, draft: AnsweringContent): Promise<DraftAnswers> => {
  const { id: reviewId, draftVersion: version } = review;
  const notes = (await redraftNotes(tx, reviewId)).filter(({ round }) => round <= draft.redraftRound);
  const earlier = new Map<number, string[]>();
  for (const at of new Set([version, ...notes.map(({ onVersion }) => onVersion)])) {
    const compared = (await draftOfVersion(tx, { reviewId, version: at }))?.content ?? null;
    const changed = changedFields(compared, draft.content);
    earlier.set(
      at,
      changed.filter((field) => draft.fields.includes(field)),
    );
  }
  const differing = (at: number): string[] => earlier.get(at) ?? [];
  const before = version === 0 ? null : { version, answers: await answersAt(tx, reviewId, version) };
  return answersOf({ declared: draft.declared, notes, differing, before });
};

const answersAt = async (tx: Tx, reviewId: string, version: number): Promise<readonly NoteAnswer[]> => {
  const offered = await tx.manager.findOneBy(ReviewEventEntity, { reviewId, uniqueKey: `draft:${version}` });
  return offered === null ? [] : answersIn(offered).notes;
};

/** What the event of an offered version says of the notes. */
export const answersIn = ({ data }: ReviewEventEntity): DraftAnswers => {
  const { answers = [], collateral = [] } = data as {
    answers?: readonly NoteAnswer[];
    collateral?: readonly string[];
  };
  return { notes: answers, collateral };
};
