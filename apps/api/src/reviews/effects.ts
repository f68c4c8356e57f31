import { type ProcessName } from '#libs/processes/index';
import { triageEffect } from '../triage/triage.effect';
import { type Effect } from './effect';

/** The effect of each process; contract durations are multiplied by the time scale. */
export const createEffects = ({ timeScale }: { readonly timeScale: number }) =>
  ({ triage: triageEffect(timeScale) }) satisfies Record<ProcessName, Effect<never>>;
