import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { answered, api, newKey, once, onceAt } from '../api/client';
import { isUnreachable } from '../api/problem';
import { type DecisionSent, type Review } from '../api/types';
import { type Panel } from './panel';
import { useNextReview } from './use-next-review';

/** What the main button does next: store the own judgement, or sign. */
export type Step = 'judge' | 'sign';

/** How a person's way to the signature stands. */
export interface Signing {
  readonly step: Step;
  /** Whether the main button can be pressed now. */
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly needsReason: boolean;
  readonly reason: string | null;
  readonly setReason: (code: string) => void;
  readonly reasonText: string;
  readonly setReasonText: (text: string) => void;
  readonly acknowledged: readonly string[];
  readonly setAcknowledged: (factIds: readonly string[]) => void;
  readonly go: () => void;
}

/* The own judgement comes first where the gate wants it so and a draft may come; otherwise there is nothing to compare. */
const stepOf = ({ gate, judgement, rollout, allowed }: Review): Step =>
  gate.mode === 'independent_first' && judgement === null && rollout === 'draft' && allowed.includes('judge')
    ? 'judge'
    : 'sign';

const actionOf = (review: Review, asDrafted: boolean): DecisionSent['action'] => {
  if (review.draft === null) return 'manual';
  return asDrafted && review.draft.approvable ? 'approve' : 'amend';
};

/** Stores the judgement and signs; a press that got no answer is sent again under the same key. */
export const useSigning = <Content>(review: Review, panel: Panel<Content>, content: Content): Signing => {
  const client = useQueryClient();
  const next = useNextReview(review.reviewId);
  const [reason, setReason] = useState<string | null>(null);
  const [reasonText, setReasonText] = useState('');
  const [acknowledged, setAcknowledged] = useState<readonly string[]>([]);
  const key = useRef<string | null>(null);
  const step = stepOf(review);
  const signed = panel.contentOf(content);
  const needsReason = step === 'sign' && signed !== null && panel.needsReason(review, content);
  const path = { id: review.reviewId };
  const judge = (given: string) =>
    answered(
      api.POST('/api/reviews/{id}/judgements', {
        params: { path, header: once(given) },
        body: { content: panel.judgementOf(content) },
      }),
    );
  const sign = (given: string) => {
    const action = actionOf(review, panel.isDraft(review, content));
    const drafted =
      action === 'manual' ? {} : { draftVersion: review.draft?.version, draftSha256: review.draft?.sha256 };
    const body = {
      action,
      ...drafted,
      ...(action !== 'approve' && { content: signed }),
      reasonCode: needsReason ? reason : null,
      reasonText: needsReason && reasonText.trim() !== '' ? reasonText.trim() : null,
      acknowledgedFacts: [...acknowledged],
      shownSha256: review.viewSha256,
    };
    return answered(
      api.POST('/api/reviews/{id}/decisions', {
        params: { path, header: onceAt(given, review.version) },
        body: body as DecisionSent,
      }),
    );
  };
  const going = useMutation<unknown>({
    mutationFn: () => {
      key.current ??= newKey();
      return step === 'judge' ? judge(key.current) : sign(key.current);
    },
    onSettled: (_answer, thrown) => {
      if (isUnreachable(thrown)) return;
      key.current = null;
      for (const word of ['review', 'reviews', 'queue']) void client.invalidateQueries({ queryKey: [word] });
    },
    onSuccess: () => {
      if (step === 'sign') next();
    },
  });
  const factsSeen = review.staleFacts.every((id) => acknowledged.includes(id));
  const may = review.state === 'open' && (step === 'judge' || review.allowed.includes(actionOf(review, false)));
  const ready = may && signed !== null && factsSeen && (!needsReason || reason !== null) && !going.isPending;
  return {
    step,
    ready,
    busy: going.isPending,
    error: going.error,
    needsReason,
    reason,
    setReason,
    reasonText,
    setReasonText,
    acknowledged,
    setAcknowledged,
    go: () => {
      if (ready) going.mutate();
    },
  };
};
