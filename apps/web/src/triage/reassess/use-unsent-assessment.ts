import { useEffect, useRef } from 'react';
import { newKey } from '../../api/client';
import { serverNow } from '../../api/clock';
import { type Unsent, useUnsent } from '../../forms/use-unsent';
import { saysSomething } from '../form/body';
import { type AssessmentEntry } from '../form/entry';

/**
 * Keeps what is written of a patient until it is sent, so that a page that is read anew loses none of it. What was begun
 * before is offered and never filled in by itself: it was measured at another time.
 */
export const useUnsentAssessment = (
  caseId: string,
  entry: AssessmentEntry,
  onTake: (entry: AssessmentEntry) => void,
) => {
  const { waiting, setWaiting, keep, drop, refused } = useUnsent<AssessmentEntry>('unsent-assessment');
  const here = useRef(`${caseId}:${newKey()}`);
  useEffect(() => {
    if (saysSomething(entry)) keep(here.current, entry, serverNow().toISOString());
    else void drop(here.current);
  }, [entry, keep, drop]);
  const without = (id: string): void => setWaiting(waiting.filter((one) => one.id !== id));
  return {
    begun: waiting.filter(({ id }) => id.startsWith(`${caseId}:`)),
    unkept: refused,
    take: ({ id, form }: Unsent<AssessmentEntry>): void => {
      void drop(here.current);
      here.current = id;
      without(id);
      onTake(form);
    },
    throwAway: (id: string): void => {
      void drop(id);
      without(id);
    },
    sent: (): Promise<void> => drop(here.current),
  };
};
