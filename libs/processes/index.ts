import { type GateContract } from './process.contract';
import { triageProcess } from './triage/triage.contract';

/** Every process, by name. Adding one: docs/recipes/add-a-process.md. */
export const processes = { triage: triageProcess } as const;

/** The name of a process. */
export type ProcessName = keyof typeof processes;

/** All process names, in the order of the episode. */
export const processNames = Object.keys(processes) as ProcessName[];

/** Whether a text names a process. */
export const isProcessName = (name: string): name is ProcessName => Object.hasOwn(processes, name);

/** The gates of all processes: whoever works on gates in general takes this list. */
export const gateContracts: readonly GateContract[] = processNames.flatMap(
  (name) => Object.values(processes[name].gates) as unknown as GateContract[],
);

/** The contract of a gate; undefined when the process or the step is unknown. */
export const findGate = (process: string, step: string): GateContract | undefined =>
  gateContracts.find(({ gate }) => gate.process === process && gate.step === step);
