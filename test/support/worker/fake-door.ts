import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, type SignalRequest, type StartRequest } from '#libs/temporal/workflow-door';

/** One call that reached the door. */
export interface DoorCall {
  readonly kind: 'start' | 'signal' | 'restart';
  readonly workflowId: string;
  readonly requestId: string;
  readonly args: readonly unknown[];
  readonly at: number;
}

/** A door that remembers what reached it and answers as told. */
export interface FakeDoor {
  readonly calls: DoorCall[];
  /** Decides the answer; may throw or take its time. Default: delivered. */
  answer: (call: DoorCall) => Delivery | Promise<Delivery>;
  /** Each call takes up to so many milliseconds. */
  slowMs: number;
  start(request: StartRequest): Promise<Delivery>;
  restart(request: StartRequest): Promise<Delivery>;
  signal(request: SignalRequest): Promise<Delivery>;
}

/** Makes a door in place of Temporal's. */
export const createFakeDoor = (): FakeDoor => {
  const arrive = async (kind: DoorCall['kind'], request: StartRequest | SignalRequest): Promise<Delivery> => {
    if (door.slowMs > 0) await sleep(Math.random() * door.slowMs);
    const { workflowId, requestId, args } = request;
    const call = { kind, workflowId, requestId, args, at: performance.now() };
    door.calls.push(call);
    return door.answer(call);
  };
  const door: FakeDoor = {
    calls: [],
    answer: () => ({ ok: true }),
    slowMs: 0,
    start: (request) => arrive('start', request),
    restart: (request) => arrive('restart', request),
    signal: (request) => arrive('signal', request),
  };
  return door;
};
