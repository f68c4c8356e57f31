import { setTimeout as sleep } from 'node:timers/promises';
import { cpuBetween, cpuTimes } from './cpu';

const lookMs = 500;
/** A process that only keeps its connections alive takes less than this share of a core. */
const restShare = 0.1;

/** Resolves once these processes have had next to nothing to do for half a second; throws after the time. */
export const atRest = async (pids: () => readonly number[], withinMs: number): Promise<void> => {
  const until = performance.now() + withinMs;
  for (;;) {
    const before = cpuTimes({ watched: pids() });
    await sleep(lookMs);
    const used = cpuBetween(before, cpuTimes({ watched: pids() }))['watched'] ?? 0;
    if (used < lookMs * restShare) return;
    if (performance.now() > until) throw new Error(`still at work after ${withinMs / 1000} s`);
  }
};
