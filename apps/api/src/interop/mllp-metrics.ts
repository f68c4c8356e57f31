import { Counter, Gauge, type Registry } from 'prom-client';
import { type Charset } from '#libs/interop/hl7v2/charset';
import { type Ending } from './mllp-conversation';
import { type Rejection } from './mllp-server';
import { type Taken } from './receive';

/** What the MLLP ports tell of themselves: counts by fixed words only, nothing of a message or a sender. */
export interface MllpMetrics {
  /** A message was answered, or left to its sender. */
  readonly taken: (outcome: Taken['outcome'] | 'not-taken', charset: Charset) => void;
  readonly begun: () => void;
  readonly ended: (how: Ending) => void;
  readonly rejected: (why: Rejection) => void;
  /** Connections that are open now, of this process. */
  readonly connected: () => number;
}

/** Adds the figures of the MLLP ports to a registry. */
export const createMllpMetrics = (registry: Registry): MllpMetrics => {
  const registers = [registry];
  const messages = new Counter({
    name: 'countersign_mllp_messages_total',
    help: 'Messages over MLLP by what became of them; not-taken ones stay with their sender',
    labelNames: ['outcome', 'charset'],
    registers,
  });
  const open = new Gauge({ name: 'countersign_mllp_connections', help: 'Open connections of senders', registers });
  const endings = new Counter({
    name: 'countersign_mllp_connections_ended_total',
    help: 'Connections of senders by how they ended',
    labelNames: ['ending'],
    registers,
  });
  const rejections = new Counter({
    name: 'countersign_mllp_connections_rejected_total',
    help: 'Connections that were not let in, by why',
    labelNames: ['reason'],
    registers,
  });
  let connections = 0;
  return {
    taken: (outcome, charset) => messages.inc({ outcome, charset }),
    begun: () => open.set((connections += 1)),
    ended: (ending) => {
      open.set((connections -= 1));
      endings.inc({ ending });
    },
    rejected: (reason) => rejections.inc({ reason }),
    connected: () => connections,
  };
};
