import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered, api, newKey, once, onceAt } from '../api/client';
import { type DecisionSent, type Review } from '../api/types';
import { type Panel } from './panel';
import { answerTo, factsNamedBy } from './refusals';
import { actionOf, type Step, stepOf } from './steps';
import { type Intention, type Sending, useSending } from './use-sending';
import { type TypedForm } from './use-typed';
import { useNextReview } from './use-next-review';

/** A judgement or a signature on its way, as it stood when the button was pressed. */
export interface SigningAct extends Intention {
  readonly step: Step;
  readonly at: string;
  readonly version: number;
  readonly judgement: unknown;
  readonly decision: DecisionSent | null;
  readonly password?: string;
}

/** How a person's way to the signature stands. */
export interface Signing {
  readonly step: Step;
  readonly action: DecisionSent['action'];
  /** Whether the main button can be pressed now. */
  readonly ready: boolean;
  readonly sending: Sending<SigningAct>;
  /** What the form lacks before the main button can be pressed; null: nothing. */
  readonly missing: 'content' | 'reason' | 'facts' | null;
  readonly needsReason: boolean;
  /** The facts that have to be ticked before this can be signed, and those that are. */
  readonly facts: readonly string[];
  readonly acknowledged: readonly string[];
  readonly setAcknowledged: (factIds: readonly string[]) => void;
  readonly go: () => void;
  readonly next: () => void;
}

const send = (id: string, { key, step, version, judgement, decision, password }: SigningAct) =>
  step === 'judge'
    ? answered(
        api.POST('/api/reviews/{id}/judgements', {
          params: { path: { id }, header: once(key) },
          body: { content: judgement },
        }),
      )
    : answered(
        api.POST('/api/reviews/{id}/decisions', {
          params: { path: { id }, header: onceAt(key, version) },
          body: { ...decision, ...(password !== undefined && { password }) } as DecisionSent,
        }),
      );

/* What is signed, bound to what was shown. */
const decisionOf = (
  review: Review,
  signed: {
    action: DecisionSent['action'];
    content: unknown;
    reason: string | null;
    reasonText: string;
    seen: readonly string[];
  },
): DecisionSent => {
  const { action, content, reason, seen } = signed;
  const reasonText = signed.reasonText.trim();
  return {
    action,
    ...(action !== 'manual' && { draftVersion: review.draft?.version, draftSha256: review.draft?.sha256 }),
    ...(action !== 'approve' && { content }),
    reasonCode: reason,
    reasonText: reason !== null && reasonText !== '' ? reasonText : null,
    acknowledgedFacts: [...seen],
    shownSha256: review.viewSha256,
  } as DecisionSent;
};

const missingOf = (has: Readonly<Record<'content' | 'reason' | 'facts', boolean>>): Signing['missing'] =>
  (['content', 'reason', 'facts'] as const).find((part) => !has[part]) ?? null;

interface Form<Content> {
  readonly panel: Panel<Content>;
  readonly typed: TypedForm<Content>;
  readonly lateOpened: boolean;
}

/** Stores the judgement and signs; what got no answer is sent again as it was, under the same number. */
export const useSigning = <Content>(review: Review, { panel, typed, lateOpened }: Form<Content>): Signing => {
  const client = useQueryClient();
  const { reviewId } = review;
  const next = useNextReview(reviewId);
  const [acknowledged, setAcknowledged] = useState<readonly string[]>([]);
  const [named, setNamed] = useState<readonly string[]>([]);
  const [reasonAsked, setReasonAsked] = useState(false);
  const step = stepOf(review);
  const content = panel.contentOf(typed.content);
  const asDrafted = panel.isDraft(review, typed.content);
  const action = actionOf(review, { asDrafted, lateOpened });
  const needsReason = step === 'sign' && content !== null && (reasonAsked || panel.needsReason(review, typed.content));
  const sending = useSending(
    reviewId,
    async (act: SigningAct) => {
      try {
        return await send(reviewId, act);
      } catch (thrown) {
        setNamed((before) => [...new Set([...before, ...factsNamedBy(thrown)])]);
        setReasonAsked((before) => before || answerTo(thrown) === 'reason');
        throw thrown;
      }
    },
    (reply, act) => {
      if (act.step === 'judge') return;
      typed.forget();
      void client.invalidateQueries({ queryKey: ['tasks'] });
      if ('state' in reply && reply.state === 'decided') next();
    },
  );
  const facts = [...new Set([...(step === 'sign' && action !== 'manual' ? review.staleFacts : []), ...named])];
  const may = review.state === 'open' && review.allowed.includes(step === 'judge' ? 'judge' : action);
  const missing = missingOf({
    content: content !== null,
    reason: !needsReason || typed.reason !== null,
    facts: facts.every((id) => acknowledged.includes(id)),
  });
  const free = !sending.busy && sending.unanswered === null && typed.elsewhere === null;
  const ready = may && missing === null && free;
  const go = (): void => {
    if (!ready) return;
    const reason = needsReason ? typed.reason : null;
    const signed = { action, content, reason, reasonText: typed.reasonText, seen: acknowledged };
    sending.send({
      key: newKey(),
      step,
      at: new Date().toISOString(),
      version: review.version,
      judgement: panel.judgementOf(typed.content),
      decision: step === 'sign' ? decisionOf(review, signed) : null,
    });
  };
  return {
    step,
    action,
    ready,
    missing: may ? missing : null,
    sending,
    needsReason,
    facts,
    acknowledged,
    setAcknowledged,
    go,
    next,
  };
};
