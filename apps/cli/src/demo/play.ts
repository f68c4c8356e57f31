import { type Installation } from '../start/installation';
import { arrival } from './acts/arrival';
import { firstAssessment } from './acts/assessment';
import { belowFloor } from './acts/below-floor';
import { forgery } from './acts/forgery';
import { invariantsHold } from './acts/invariants';
import { judgementAndDecision } from './acts/judgement';
import { ledgerStory } from './acts/ledger-story';
import { temporalStopped } from './acts/temporal-stopped';
import { workerKilled } from './acts/worker-killed';
import { type Narrator } from './narrator';
import { setStage, type Stage } from './stage';

/** Plays the demonstration on a fresh installation; what did not hold, the narrator remembers. */
export const play = async (installation: Installation, narrator: Narrator, signal: AbortSignal): Promise<void> => {
  const stage = await setStage(installation);
  try {
    for (const act of acts) {
      signal.throwIfAborted();
      await act(stage, narrator);
    }
  } finally {
    await stage.close();
  }
};

type Act = (stage: Stage, narrator: Narrator) => Promise<void>;

const firstPatient: Act = async (stage, narrator) => {
  const caseId = await arrival(stage, narrator);
  if (caseId === null) return;
  const target = { caseId, reviewId: await firstAssessment(stage, narrator, caseId) };
  await forgery(stage, narrator, target);
  await judgementAndDecision(stage, narrator, target);
};

const acts: readonly Act[] = [firstPatient, belowFloor, workerKilled, temporalStopped, ledgerStory, invariantsHold];
