import {
  condition,
  continueAsNew,
  patched,
  proxyActivities,
  proxyLocalActivities,
  workflowInfo,
} from '@temporalio/workflow';
import {
  type TriageLedgerActivities,
  type TriageModelActivities,
  type TriageStanding,
  type TriageWorkflowInput,
} from '#libs/processes/triage/triage.contract';
import { type ReviewActivities } from '#libs/review/review.activities.contract';
import { ledgerStep, modelStep } from '../shared/activity-options';
import { reviewedDraft, type ReviewOrder } from '../shared/reviewed-draft';
import { takeTurns } from '../shared/turns';
import { listen, msUntil, type Wakes } from '../shared/wakes';
import { watchClock } from './triage-clock';
import { standingView, type StandingView } from './standing-view';

const triageSteps = proxyLocalActivities<TriageLedgerActivities>(ledgerStep);
const reviewSteps = proxyLocalActivities<ReviewActivities>(ledgerStep);
const model = proxyActivities<TriageModelActivities>(modelStep);

/**
 * One patient at the triage desk: each round of the review is drafted, waits for a person and is committed; beside it the
 * response clock warns and asks for re-assessment. Ends when the case has ended and can no longer be undone.
 */
export async function triageWorkflow({ caseId }: TriageWorkflowInput): Promise<void> {
  const wakes = listen();
  const turn = takeTurns();
  const ledger = turn(triageSteps);
  const gate = turn(reviewSteps);
  const load = () => ledger.loadTriage({ caseId });
  const draft: ReviewOrder['draft'] = (input) => model.draftTriage(input);
  const view = await standingView(wakes, load);
  const clock = watchClock({ caseId, view, wakes, ledger });
  for (;;) {
    const { review } = view.current();
    if (review === null) {
      if (wakes.unchecked()) await gate.checkSignals({ caseId, signalled: wakes.takeSignalled() });
      if (isHistoryFull()) await continueAsNew<typeof triageWorkflow>({ caseId });
      if (await over({ caseId, view, wakes, ledger })) break;
      continue;
    }
    const reviewed = await reviewedDraft({ caseId, review, asOf: view.asOf(), draft, ledger: gate }, wakes);
    if (reviewed === 'history-full') await continueAsNew<typeof triageWorkflow>({ caseId });
    else if (typeof reviewed === 'string') await view.read(load);
    else await view.read(() => ledger.commitTriage({ caseId, approved: reviewed }));
  }
  view.finish();
  await clock;
}

/* Code before the patch waited on: a history of its that was long then must replay. */
const isHistoryFull = (): boolean => workflowInfo().continueAsNewSuggested && patched('triage/continue-without-review');

/** Waits until the standing changes; true once the undo time of an ended case has passed without one. */
const over = async (waiting: {
  caseId: string;
  view: StandingView<TriageStanding>;
  wakes: Wakes;
  ledger: TriageLedgerActivities;
}): Promise<boolean> => {
  const { caseId, view, wakes, ledger } = waiting;
  const { endsAt } = view.current();
  const revision = view.revision();
  const woken = () => view.revision() !== revision || wakes.unchecked();
  if (endsAt === null) {
    await condition(woken);
    return false;
  }
  if (await condition(woken, msUntil(endsAt))) return false;
  await view.read(() => ledger.loadTriage({ caseId }));
  const after = view.current();
  return after.review === null && after.endsAt !== null && Date.parse(after.endsAt) <= Date.now();
};
