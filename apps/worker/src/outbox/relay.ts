import { type DueEntry, settle, takeDue } from '#libs/db/stores/outbox.store';
import { type InTransaction } from '#libs/db/transaction';
import { type Delivery } from '#libs/temporal/workflow-door';
import { faultOf } from '../fault';
import { type Log } from '../log';
import { part } from '../principals';
import { type Loop, type Outcome, startLoop } from '../wake/loop';
import { type BatchCount, createPace } from './pace';
import { type RelayDoor } from './relay-door';
import { type Answer, isAway, settlementOf } from './settlement';

/** One delivery, for the metrics; `reason` is the door's when it was refused. */
export interface RelayDelivery {
  readonly kind: DueEntry['kind'];
  readonly outcome: 'sent' | 'later' | 'dead';
  readonly reason: string;
}

/** What the relay needs. */
export interface RelayDeps {
  readonly inTransaction: InTransaction;
  readonly door: RelayDoor;
  /** Where workflows run. */
  readonly taskQueue: string;
  readonly log: Log;
  readonly observe?: (delivery: RelayDelivery) => void;
  /** Entries per transaction (default 50), and transactions at once (default 4). */
  readonly batchSize?: number;
  readonly lanes?: number;
  /** How often it looks without being woken (default 1000 ms). */
  readonly pollMs?: number;
}

/** The relay: a loop that also says whether Temporal took its last batch. */
export interface Relay extends Loop {
  readonly temporalAway: () => boolean;
}

const relayPrincipal = part('outbox-relay');

/** The second argument of a start that a person asked for again: see `enqueueRestart`. */
const isRestart = ({ args }: DueEntry): boolean => args[1] === 'restart';

const send = ({ door, taskQueue }: RelayDeps, entry: DueEntry): Promise<Delivery> => {
  const { id: requestId, workflowId, name, args } = entry;
  if (entry.kind === 'signal') return door.signal({ workflowId, signalName: name, args, requestId });
  const start = { workflowId, workflowType: name, taskQueue, args: args.slice(0, 1), requestId };
  return isRestart(entry) ? door.restart(start) : door.start(start);
};

const answerOf = async (deps: RelayDeps, entry: DueEntry): Promise<Answer> => {
  try {
    return await send(deps, entry);
  } catch (thrown) {
    deps.log.error({ outboxId: entry.id, workflowId: entry.workflowId, ...faultOf(thrown) }, 'could not be sent');
    return { ok: false, reason: 'failed' };
  }
};

const report = (deps: RelayDeps, entry: DueEntry, { answer, outcome }: { answer: Answer; outcome: string }): void => {
  const reason = answer.ok ? 'ok' : answer.reason;
  deps.observe?.({ kind: entry.kind, outcome: outcome as RelayDelivery['outcome'], reason });
  if (outcome === 'dead')
    deps.log.warn({ outboxId: entry.id, workflowId: entry.workflowId, kind: entry.kind, reason }, 'given up');
};

/**
 * Sends one batch: takes the oldest entry of each workflow that is due, sends them side by side and stores what became
 * of them, all in one transaction. When it dies in between, the entries come again under the same request ids.
 */
export const relayBatch = (deps: RelayDeps, limit: number): Promise<BatchCount> =>
  deps.inTransaction(relayPrincipal, async (tx) => {
    const entries = await takeDue(tx, limit);
    if (entries.length === 0) return { taken: 0, away: 0, followed: false };
    const answers = await Promise.all(entries.map((entry) => answerOf(deps, entry)));
    const settled = entries.map((entry, i) => {
      const answer = answers[i] ?? { ok: false, reason: 'failed' as const };
      return { entry, answer, settlement: settlementOf(entry, answer) };
    });
    await settle(
      tx,
      settled.map(({ settlement }) => settlement),
    );
    for (const { entry, answer, settlement } of settled) report(deps, entry, { answer, outcome: settlement.outcome });
    return {
      taken: entries.length,
      away: answers.filter(isAway).length,
      followed: entries.some(({ followed }) => followed),
    };
  });

/** Starts a relay. Any number may run side by side, in one process or several. */
export const startRelay = (deps: RelayDeps): Relay => {
  const pace = createPace(deps.batchSize ?? 50);
  const work = async (): Promise<Outcome> => {
    const wasAway = pace.isAway();
    const outcome = pace.after(await relayBatch(deps, pace.limit()));
    if (pace.isAway() !== wasAway)
      deps.log.warn({ temporalAway: !wasAway }, wasAway ? 'Temporal is back' : 'Temporal does not answer');
    return outcome;
  };
  const loop = startLoop({
    work,
    onError: (thrown) => deps.log.warn(faultOf(thrown), 'the outbox cannot be read'),
    pollMs: deps.pollMs ?? 1000,
    lanes: deps.lanes ?? 4,
  });
  return { ...loop, temporalAway: pace.isAway };
};
