import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type Review } from '../api/types';
import { type Panel } from './panel';
import { type Kept, type KeptForm, readKept, type Safety, useAutosave } from './use-autosave';

/** What a person typed about a review. */
export interface Typed<Content> {
  readonly content: Content;
  readonly reason: string | null;
  readonly reasonText: string;
}

/** The typed form with what became of it. */
export interface TypedForm<Content> extends Typed<Content> {
  readonly change: (changed: Partial<Typed<Content>>) => void;
  readonly safety: Safety;
  /** Whether the person changed it, here or before, and it was not signed. */
  readonly typedHere: boolean;
  /** When what stands here was kept, if it was brought back from the server. */
  readonly restoredAt: string | null;
  /** What the same person kept meanwhile from elsewhere; null: nothing to choose. */
  readonly elsewhere: Content | null;
  /** Ends the choice between mine and the one from elsewhere. */
  readonly settle: (content: Content) => void;
  /** It was signed: nothing is kept in the browser any more. */
  readonly forget: () => void;
}

const plainText = (value: unknown): string => (typeof value === 'string' ? value : '');

const typedAt = (reviewId: string): readonly string[] => ['typed', reviewId, 'form'];

/** What a form starts from: what this tab holds of it, else what the server keeps of it, else nothing. */
export interface Start<Content> {
  readonly inTab: Typed<Content> | null;
  readonly kept: Kept | null;
  readonly version: number;
}

/** Reads what was typed before about a review, once, when it is opened. */
export const useStart = <Content>({ reviewId, state, amendmentVersion }: Review) => {
  const client = useQueryClient();
  const [version] = useState(amendmentVersion);
  const [inTab] = useState(() => client.getQueryData<Typed<Content>>(typedAt(reviewId)) ?? null);
  const asked = version > 0 && inTab === null && state === 'open';
  const { data, error } = useQuery({
    queryKey: ['kept', reviewId],
    queryFn: () => readKept(reviewId),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
  const start: Start<Content> = { inTab, kept: data ?? null, version };
  return { start, waiting: asked && data === undefined && error === null, error };
};

const typedFrom = <Content>(review: Review, panel: Panel<Content>, { inTab, kept }: Start<Content>): Typed<Content> => {
  if (inTab) return inTab;
  if (!kept?.content) return { content: panel.blank(review), reason: null, reasonText: '' };
  const { form, reason, reasonText } = kept.content;
  return { content: panel.formOf(form), reason: plainText(reason) || null, reasonText: plainText(reasonText) };
};

/**
 * What a person types about a review. It outlives every reading of the review, a newer draft, the lock screen, another
 * screen in between (in the memory of this tab, gone at sign-out) and, kept by the server, another PC.
 */
export const useTyped = <Content extends object>(
  review: Review,
  panel: Panel<Content>,
  start: Start<Content>,
): TypedForm<Content> => {
  const client = useQueryClient();
  const { reviewId } = review;
  const [typed, setTyped] = useState(() => typedFrom(review, panel, start));
  const [typedHere, setTypedHere] = useState(start.inTab !== null);
  const [elsewhere, setElsewhere] = useState<Content | null>(null);
  const fromElsewhere = (kept: KeptForm): void => setElsewhere(panel.formOf(kept['form']));
  const autosave = useAutosave(reviewId, { version: start.version, onElsewhere: fromElsewhere });
  const change = (changed: Partial<Typed<Content>>): void => {
    const next = { ...typed, ...changed };
    setTyped(next);
    setTypedHere(true);
    client.setQueryDefaults(['typed'], { gcTime: Number.POSITIVE_INFINITY });
    client.setQueryData(typedAt(reviewId), next);
    if (elsewhere === null || changed.content !== undefined)
      autosave.keep({ form: next.content, reason: next.reason, reasonText: next.reasonText });
  };
  return {
    ...typed,
    change,
    safety: autosave.safety,
    typedHere,
    restoredAt: start.inTab === null && start.kept?.content ? start.kept.updatedAt : null,
    elsewhere,
    settle: (content) => {
      setElsewhere(null);
      change({ content });
    },
    forget: () => {
      autosave.stop();
      setTypedHere(false);
      client.removeQueries({ queryKey: ['typed', reviewId] });
    },
  };
};
