import { defineSignal, setHandler } from '@temporalio/workflow';
import { isRejected } from '#libs/errors/rejected';

/** A decision was committed: carries its id for the alarm, never a verdict. */
export const decidedSignal = defineSignal<[{ decisionId: string }]>('decided');
/** Something about the case changed in the ledger. */
export const changedSignal = defineSignal('changed');
/** A person asked for another version of the draft. */
export const redraftAskedSignal = defineSignal('redraftAsked');

/** What woke a workflow so far. Signals only wake: whoever is woken reads the ledger. */
export interface Wakes {
  /** How many signals of any kind came. */
  readonly count: () => number;
  /** How many of them said that the case changed. */
  readonly changes: () => number;
  /** Whether signalled decision ids wait to be checked. */
  readonly unchecked: () => boolean;
  /** The decision ids signalled since the last call, for the alarm about ids the ledger does not have. */
  readonly takeSignalled: () => string[];
}

/** More than this many unchecked ids say no more than the first ones. */
const keptIds = 100;

const idOf = (argument: unknown): string => {
  if (isRejected(argument) || typeof argument !== 'object' || argument === null) return 'unreadable';
  const { decisionId } = argument as { decisionId?: unknown };
  return typeof decisionId === 'string' ? decisionId.slice(0, 64) : 'unreadable';
};

/** Registers the handlers; must run before a workflow first awaits, or an early signal would find none. */
export const listen = (): Wakes => {
  let count = 0;
  let changes = 0;
  let signalled: string[] = [];
  const wake = () => {
    count += 1;
  };
  setHandler(decidedSignal, (argument) => {
    wake();
    if (signalled.length < keptIds) signalled.push(idOf(argument));
  });
  setHandler(changedSignal, () => {
    wake();
    changes += 1;
  });
  setHandler(redraftAskedSignal, wake);
  return {
    count: () => count,
    changes: () => changes,
    unchecked: () => signalled.length > 0,
    takeSignalled: () => {
      const taken = signalled;
      signalled = [];
      return taken;
    },
  };
};

/** Milliseconds from now until an ISO instant, at least one (a timer of zero would still cost a task). */
export const msUntil = (instant: string): number => Math.max(1, Date.parse(instant) - Date.now());
