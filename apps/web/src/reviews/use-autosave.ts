import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { answered, api, newKey, onceAt } from '../api/client';
import { isProblem } from '../api/problem';
import { answerTo } from './refusals';

/** How safe what was typed is: nothing typed, typed a moment ago, kept by the server, or only in this browser. */
export type Safety = 'nothing' | 'soon' | 'kept' | 'here-only';

/** Whole forms as the server keeps them for their writer. */
export type KeptForm = Readonly<Record<string, unknown>>;

const soonMs = 1_500;
const againMs = 10_000;

const isPassing = (thrown: unknown): boolean =>
  answerTo(thrown) === 'send-again' || isProblem(thrown, 'SESSION_LOCKED', 'UNAUTHENTICATED');

/** The unfinished form that the server keeps for this person, and since when. */
export type Kept = Awaited<ReturnType<typeof readKept>>;

/** Reads the unfinished form that the server keeps for this person. */
export const readKept = (reviewId: string) =>
  answered(api.GET('/api/reviews/{id}/amendment', { params: { path: { id: reviewId } } }));

/**
 * Keeps a form on the server while it is being written, a moment after the last key and when the page is left.
 * `onElsewhere`: the same person kept another one from another PC; nothing is overwritten until they chose.
 */
export const useAutosave = (
  reviewId: string,
  { version, onElsewhere }: { version: number; onElsewhere: (form: KeptForm) => void },
) => {
  const client = useQueryClient();
  const versionAt = ['typed', reviewId, 'version'];
  const waiting = useRef<{ form: KeptForm; timer: ReturnType<typeof setTimeout> } | null>(null);
  const [safety, setSafety] = useState<Safety>('nothing');
  const known = (): number => Math.max(client.getQueryData<number>(versionAt) ?? 0, version);
  const later = (form: KeptForm, ms: number): void => {
    clearTimeout(waiting.current?.timer);
    waiting.current = { form, timer: setTimeout(flush, ms) };
  };
  const keeping = useMutation({
    scope: { id: `typed ${reviewId}` },
    mutationFn: (form: KeptForm) =>
      answered(
        api.PUT('/api/reviews/{id}/amendment', {
          params: { path: { id: reviewId }, header: onceAt(newKey(), known()) },
          body: { content: form as Record<string, unknown> },
        }),
      ),
    onSuccess: (reply) => {
      client.setQueryData(versionAt, reply.version);
      if (waiting.current === null) setSafety('kept');
    },
    onError: async (thrown, form) => {
      // It is over: nothing of this can be signed any more, and the page says so.
      if (answerTo(thrown) === 'too-late') return setSafety('nothing');
      setSafety('here-only');
      if (isPassing(thrown) && waiting.current === null) later(form, againMs);
      if (!isProblem(thrown, 'VERSION_MISMATCH')) return;
      const theirs = await readKept(reviewId);
      client.setQueryData(versionAt, theirs.version);
      if (JSON.stringify(theirs.content) === JSON.stringify(form)) setSafety('kept');
      else if (theirs.content) onElsewhere(theirs.content);
    },
  });
  const flush = (): void => {
    const form = waiting.current?.form;
    clearTimeout(waiting.current?.timer);
    waiting.current = null;
    if (form) keeping.mutate(form);
  };
  const leaving = useRef(flush);
  useEffect(() => {
    leaving.current = flush;
  });
  useEffect(() => () => leaving.current(), []);
  return {
    safety,
    keep: (form: KeptForm): void => {
      setSafety((before) => (before === 'here-only' ? before : 'soon'));
      later(form, soonMs);
    },
    stop: (): void => {
      clearTimeout(waiting.current?.timer);
      waiting.current = null;
      setSafety('nothing');
    },
  };
};
