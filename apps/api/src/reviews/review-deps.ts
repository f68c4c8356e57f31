import { gateContracts } from '#libs/processes/index';
import { type GateContract } from '#libs/processes/process.contract';
import { replayReason } from '#libs/review/gate';
import { type Passwords } from '../auth/passwords';
import { type ApiConfig } from '../api-config';
import { type Cursors } from '../http/cursor';
import { type Effect } from './effect';
import { createEffects } from './effects';
import { type DescribeCase } from './process-view';
import { processViews } from './views';

/** What the operations on reviews need beside their transaction: the gates and what each process adds to them. */
export interface ReviewDeps {
  readonly gates: readonly GateContract[];
  readonly effects: Readonly<Record<string, Effect<never>>>;
  readonly views: Readonly<Record<string, DescribeCase>>;
  /** Contract durations are multiplied by this (1 outside demonstrations and tests). */
  readonly timeScale: number;
}

/** The gates, effects and views of the product's processes, as a hospital has them unless this is a demo. */
export const createReviewDeps = (timeScale: number, profile: ApiConfig['profile'] = 'production'): ReviewDeps => ({
  gates: profile === 'demo' ? gateContracts.map(withReplay) : gateContracts,
  effects: createEffects({ timeScale }),
  views: processViews,
  timeScale,
});

const withReplay = (contract: GateContract): GateContract => {
  const { gate } = contract;
  return { ...contract, gate: { ...gate, reasonCodes: [...gate.reasonCodes, replayReason] } };
};

/** The gate a review belongs to; undefined for a process or step that is not registered. */
export const gateOf = (
  { gates }: Pick<ReviewDeps, 'gates'>,
  { process, step }: { readonly process: string; readonly step: string },
): GateContract | undefined => gates.find(({ gate }) => gate.process === process && gate.step === step);

/** What the reviews controller is made of. */
export interface ReviewParts {
  readonly deps: ReviewDeps;
  readonly cursors: Cursors;
  readonly passwords: Passwords;
}
