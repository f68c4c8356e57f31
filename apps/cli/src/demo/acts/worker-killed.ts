import { lookAt, signByHand } from '../../seed/desk';
import { isCarriedOut } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { until } from '../until';
import { registerNext } from './next-patient';
import { note } from './note-decision';

/** The worker is killed while a review waits; the nurse decides all the same, and the restarted worker carries it out. */
export const workerKilled = async (stage: Stage, narrator: Narrator): Promise<void> => {
  narrator.chapter({ zh: '工作进程被杀死', en: 'A worker is killed' });
  const { installation, players } = stage;
  const { nurse } = players;
  const { assessment } = await registerNext(stage, {
    name: '郝玉兰（演示）',
    complaint: '夜间不能平卧，双下肢水肿一周',
  });
  const before = installation.part('worker').pid();
  installation.kill('worker', 'SIGKILL');
  narrator.say({
    zh: `复核等待期间，对工作进程（${before}）执行 kill -9`,
    en: `while the review waits, the worker (process ${before}) gets kill -9`,
  });
  const signed = await signByHand(nurse.door, await lookAt(nurse.door, assessment?.reviewId ?? ''), {
    level: 'II',
    to: '急诊内科',
  });
  const decisionId = note(stage, signed);
  narrator.holds(decisionId !== null, {
    zh: `${nurse.name} 照常签字 II 级：决定已在台账，界面立即得到答复`,
    en: 'the nurse signs level II all the same: the decision is in the ledger and she is answered at once',
  });
  const after = await until(() => Promise.resolve(anotherThan(before, installation.part('worker').pid())));
  await installation.part('worker').ready();
  narrator.holds(after !== null && (await isCarriedOut(stage, decisionId)), {
    zh: `监督进程重新启动工作进程（${after}），它执行了这个决定`,
    en: `the supervisor has started the worker again (process ${after}), which carries the decision out`,
  });
};

/** The supervisor needs a moment to notice a death: until then the part still answers with the dead process. */
const anotherThan = (before: number | null, now: number | null): number | null => (now === before ? null : now);
