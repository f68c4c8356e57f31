import { type Review } from '../api/types';

type ReviewEvent = Review['events'][number];

/** A detail of an event as a text key (`eventDetails.*`) with what fills its holes. */
export interface EventDetail {
  readonly key: 'until' | 'to' | 'from' | 'tell' | 'version' | 'round' | 'notes' | 'floor';
  readonly value: string;
}

const plain = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : null;

const valueOf: Readonly<Record<EventDetail['key'], (data: ReviewEvent['data']) => string | null>> = {
  from: ({ from }) => plain(from),
  to: ({ to }) => plain(to),
  tell: ({ tell }) => plain(tell),
  until: ({ until }) => plain(until),
  version: ({ version }) => plain(version),
  round: ({ round }) => plain(round),
  notes: ({ notes }) => (Array.isArray(notes) && notes.length > 0 ? notes.join('、') : null),
  floor: ({ floor }) => plain(floor),
};

const keys = Object.keys(valueOf) as EventDetail['key'][];

/** What an event says beside its kind: to whom, until when, which version; nothing of ids and digests. */
export const detailsOf = ({ kind, data }: Pick<ReviewEvent, 'kind' | 'data'>): readonly EventDetail[] =>
  keys.flatMap((key) => {
    // A note's text stands in the table of notes, and what a draft answered there too.
    const value = key === 'notes' && kind !== 'redraft-asked' ? null : valueOf[key](data);
    return value === null ? [] : [{ key, value }];
  });
