import { textOf } from '#libs/embedded/start-error';
import { type Text } from '#libs/packs/text';
import { type Stage } from '../demo/stage';
import { violationsAt } from '../demo/violations-at';
import { figuresOf, type Outcome, type ReplayFigures } from './figures';
import { replay } from './flow';
import { openReplayDesk, type ReplayDesk } from './replay-desk';
import { nameOf, type Visit } from './visit';

/** What is replayed, and how. */
export interface ReplayOrder {
  readonly visits: readonly Visit[];
  /** Lines of the file that are no visit. */
  readonly unreadable: number;
  readonly proxies: readonly Text[];
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

const lanes = 8;
const sayEveryMs = 5000;
/* Asking Temporal of each of thousands of cases takes longer than an installation needs to come to rest. */
const quietMs = 180_000;
const soughtNames = 3;

/** Sends the visits through the installation of the stage, several at a time, and asks the invariants afterwards. */
export const replayRows = async (stage: Stage, order: ReplayOrder): Promise<ReplayFigures> => {
  const { visits, unreadable, proxies, say } = order;
  // Names are made alike: searching everything for a few of them finds a leak of any.
  stage.canaries.push(...visits.slice(0, soughtNames).map(nameOf));
  const desk = await openReplayDesk(stage);
  try {
    const startedAt = performance.now();
    const outcomes = await inLanes(desk, order);
    const tookMs = performance.now() - startedAt;
    say('checking the invariants · 检查不变量');
    return figuresOf(outcomes, { unreadable, proxies, tookMs, violations: await violations(stage, say) });
  } finally {
    await desk.close();
  }
};

const inLanes = async (desk: ReplayDesk, { visits, say, signal }: ReplayOrder): Promise<Outcome[]> => {
  const outcomes: Outcome[] = [];
  const progress = createProgress(visits.length, say);
  const queue = visits.values();
  const lane = async (number: number): Promise<void> => {
    for (const visit of queue) {
      signal.throwIfAborted();
      outcomes.push({ visit, replayed: await attempt(desk, { visit, lane: number }, { say, signal }) });
      progress(outcomes);
    }
  };
  await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return outcomes;
};

/* A visit that fails is told and counted; the others go on. */
const attempt = async (
  desk: ReplayDesk,
  { visit, lane }: { visit: Visit; lane: number },
  { say, signal }: Pick<ReplayOrder, 'say' | 'signal'>,
): Promise<Outcome['replayed']> => {
  const nurse = desk.nurses[lane % desk.nurses.length];
  try {
    if (!nurse) throw new Error('there is no nurse');
    return await replay(desk, nurse, visit);
  } catch (thrown) {
    signal.throwIfAborted();
    say(`  row ${visit.number} failed: ${textOf(thrown)}`);
    return null;
  }
};

const createProgress = (total: number, say: ReplayOrder['say']): ((outcomes: readonly Outcome[]) => void) => {
  const startedAt = performance.now();
  let saidAt = startedAt;
  return (outcomes) => {
    const now = performance.now();
    if (now - saidAt < sayEveryMs && outcomes.length < total) return;
    saidAt = now;
    const failed = outcomes.filter(({ replayed }) => replayed === null).length;
    const rate = ((outcomes.length * 1000) / (now - startedAt)).toFixed(1);
    say(`  ${outcomes.length} of ${total}, ${failed} failed, ${rate} flows/s`);
  };
};

const violations = async (stage: Stage, say: ReplayOrder['say']): Promise<number> => {
  const found = Object.values(await violationsAt(stage, quietMs)).flat();
  for (const { invariant, what, where } of found) say(`  ${invariant} does not hold: ${where}: ${what}`);
  return found.length;
};
