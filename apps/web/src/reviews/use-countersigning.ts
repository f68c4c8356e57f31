import { useState } from 'react';
import { answered, api, newKey, onceAt } from '../api/client';
import { type Review, type Sent } from '../api/types';
import { factsNamedBy } from './refusals';
import { type Intention, useSending } from './use-sending';
import { useNextReview } from './use-next-review';

type Second = Sent<'/api/reviews/{id}/second-signatures'>;

/** The answer to a first signature on its way. */
export interface SecondAct extends Intention {
  readonly version: number;
  readonly at: string;
  readonly second: Second | null;
  readonly declined: Sent<'/api/reviews/{id}/declines'> | null;
}

const sendSecond = async (id: string, { key, version, second, declined }: SecondAct): Promise<unknown> => {
  const params = { path: { id }, header: onceAt(key, version) };
  if (second) return answered(api.POST('/api/reviews/{id}/second-signatures', { params, body: second }));
  return declined && answered(api.POST('/api/reviews/{id}/declines', { params, body: declined }));
};

/** Signs second with the password, or declines with a reason: bound to the first signature as it was shown. */
export const useCountersigning = (review: Review) => {
  const { reviewId, version, viewSha256, signatures } = review;
  const [first] = signatures;
  const next = useNextReview(reviewId);
  const [named, setNamed] = useState<readonly string[]>([]);
  const [acknowledged, setAcknowledged] = useState<readonly string[]>([]);
  const sending = useSending(
    `${reviewId} second`,
    async (act: SecondAct) => {
      try {
        return await sendSecond(reviewId, act);
      } catch (thrown) {
        setNamed((before) => [...new Set([...before, ...factsNamedBy(thrown)])]);
        throw thrown;
      }
    },
    next,
  );
  const bound = { signatureId: first?.signatureId ?? '', contentSha256: first?.contentSha256 ?? '' };
  const act = (given: Pick<SecondAct, 'second' | 'declined'>): void =>
    sending.send({ key: newKey(), version, at: new Date().toISOString(), ...given });
  return {
    first,
    next,
    sending,
    facts: named,
    acknowledged,
    setAcknowledged,
    seen: named.every((id) => acknowledged.includes(id)),
    sign: (password: string): void =>
      act({
        second: { ...bound, password, acknowledgedFacts: [...acknowledged], shownSha256: viewSha256 },
        declined: null,
      }),
    decline: (reason: string): void => act({ second: null, declined: { ...bound, reason } }),
  };
};
