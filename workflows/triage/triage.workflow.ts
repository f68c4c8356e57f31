import { condition, continueAsNew, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import {
  type TriageLedgerActivities,
  type TriageModelActivities,
  type TriageStanding,
  type TriageWorkflowInput,
} from '#libs/processes/triage/triage.contract';
import { acuityGate } from '#libs/processes/triage/triage.gate';
import { type ReviewActivities } from '#libs/review/review.activities.contract';
import { ledgerStep, modelStep } from '../shared/activity-options';
import { type Reviewed, reviewedDraft } from '../shared/reviewed-draft';
import { listen, msUntil, type Wakes } from '../shared/wakes';
import { watchClock } from './triage-clock';
import { standingView, type StandingView } from './standing-view';

const ledger = proxyLocalActivities<TriageLedgerActivities>(ledgerStep);
const gate = proxyLocalActivities<ReviewActivities>(ledgerStep);
const model = proxyActivities<TriageModelActivities>(modelStep);

/**
 * One patient at the triage desk: each round of the review is drafted, waits for a person and is committed; beside it the
 * response clock warns and asks for re-assessment. Ends when the case has ended and can no longer be undone.
 */
export async function triageWorkflow({ caseId }: TriageWorkflowInput): Promise<void> {
  const wakes = listen();
  const view = standingView(await ledger.loadTriage({ caseId }));
  const clock = watchClock({ caseId, view, wakes, ledger });
  for (;;) {
    const { openRound } = view.current();
    if (openRound === null) {
      if (await over({ caseId, view, wakes })) break;
      continue;
    }
    const reviewed = await review(caseId, openRound, wakes);
    if (reviewed === 'history-full') await continueAsNew<typeof triageWorkflow>({ caseId });
    else if (typeof reviewed === 'string') view.update(await ledger.loadTriage({ caseId }));
    else view.update(await ledger.commitTriage({ caseId, approved: reviewed }));
  }
  view.finish();
  await clock;
}

const review = (caseId: string, round: number, wakes: Wakes): Promise<Reviewed> =>
  reviewedDraft({ caseId, step: acuityGate.step, round, draft: (input) => model.draftTriage(input) }, wakes);

/** Waits until the standing changes; true once the undo time of an ended case has passed without one. */
const over = async (waiting: {
  caseId: string;
  view: StandingView<TriageStanding>;
  wakes: Wakes;
}): Promise<boolean> => {
  const { caseId, view, wakes } = waiting;
  if (wakes.unchecked()) await gate.checkSignals({ caseId, signalled: wakes.takeSignalled() });
  const { endsAt } = view.current();
  const revision = view.revision();
  const woken = () => view.revision() !== revision || wakes.unchecked();
  if (endsAt === null) {
    await condition(woken);
    return false;
  }
  if (await condition(woken, msUntil(endsAt))) return false;
  view.update(await ledger.loadTriage({ caseId }));
  const after = view.current();
  return after.openRound === null && after.endsAt !== null && Date.parse(after.endsAt) <= Date.now();
};
