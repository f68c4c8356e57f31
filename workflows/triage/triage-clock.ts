import { condition } from '@temporalio/workflow';
import {
  type TriageClock,
  type TriageLedgerActivities,
  type TriageStanding,
} from '#libs/processes/triage/triage.contract';
import { msUntil, type Wakes } from '../shared/wakes';
import { type StandingView } from './standing-view';

/** What the clock works with. */
export interface ClockWatch {
  readonly caseId: string;
  readonly view: StandingView<TriageStanding>;
  readonly wakes: Wakes;
  readonly ledger: TriageLedgerActivities;
}

interface Due {
  readonly at: string;
  readonly key: string;
  readonly act: () => Promise<void>;
}

/**
 * Warns before and after the response limit and asks for re-assessment, beside the reviews and whether or not one is
 * open. Reads the case again when a signal says it changed; time here only tells people, it decides nothing.
 */
export const watchClock = async (watch: ClockWatch): Promise<void> => {
  const { caseId, view, wakes, ledger } = watch;
  const told = new Set<string>();
  let seen = 0;
  while (!view.finished()) {
    if (wakes.changes() !== seen) {
      seen = wakes.changes();
      await view.read(() => ledger.loadTriage({ caseId }));
    }
    const revision = view.revision();
    const woken = () => view.finished() || view.revision() !== revision || wakes.changes() !== seen;
    const next = nextDue(watch, told);
    if (!next) await condition(woken);
    else if (!(await condition(woken, msUntil(next.at)))) {
      told.add(next.key);
      await next.act();
      // A signal that never came heals here: every timer reads the ledger again.
      await view.read(() => ledger.loadTriage({ caseId }));
    }
  }
};

const nextDue = ({ caseId, view, ledger }: ClockWatch, told: ReadonlySet<string>): Due | undefined => {
  const { clock } = view.current();
  if (clock === null) return undefined;
  return [...warnings(clock), ...reassessment(clock)]
    .filter(({ key }) => !told.has(key))
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))[0];

  function warnings({ key, warnings: steps }: TriageClock): Due[] {
    return steps.map(({ at, step }) => ({
      at,
      key: `${key}:${step}`,
      act: () => ledger.warnTriageBreach({ caseId, clockKey: key, step }),
    }));
  }

  function reassessment({ reassessAt }: TriageClock): Due[] {
    if (reassessAt === null) return [];
    const act = () => ledger.openReassessment({ caseId, dueAt: reassessAt });
    return [{ at: reassessAt, key: `reassess:${reassessAt}`, act }];
  }
};
