import { type DueEntry, type Settlement } from '#libs/db/stores/outbox.store';
import { type Delivery } from '#libs/temporal/workflow-door';

/** What the door answered; `failed`: it threw, so the entry never left. */
export type Answer = Delivery | { readonly ok: false; readonly reason: 'failed' };

const firstDelayMs = 250;
/** While Temporal is away everything waits for it: asking every few seconds keeps the return short. */
const awayCapMs = 5000;
const faultCapMs = 30_000;

const later = (entry: DueEntry, capMs: number): Settlement => {
  const grown = Math.min(capMs, firstDelayMs * 2 ** Math.min(entry.attempts, 10));
  return { id: entry.id, outcome: 'later', delayMs: grown * (0.75 + Math.random() / 4) };
};

/** Whether the answer says that Temporal as a whole is not there now. */
export const isAway = (answer: Answer): boolean =>
  !answer.ok && (answer.reason === 'unavailable' || answer.reason === 'namespace-missing');

/**
 * What an answer means for the entry. A start that was started before is delivered. A signal to an unknown or closed
 * workflow, and what can never succeed, is given up at once and left to the reconciler. All else comes again later.
 */
export const settlementOf = (entry: DueEntry, answer: Answer): Settlement => {
  if (answer.ok) return { id: entry.id, outcome: 'sent' };
  if (answer.reason === 'already-started' && entry.kind === 'start') return { id: entry.id, outcome: 'sent' };
  if (answer.reason === 'not-found' && entry.kind === 'signal') return dead(entry, 'not-found');
  if (answer.reason === 'invalid') return dead(entry, 'invalid');
  return later(entry, isAway(answer) ? awayCapMs : faultCapMs);
};

const dead = ({ id }: DueEntry, reason: string): Settlement => ({ id, outcome: 'dead', reason });
