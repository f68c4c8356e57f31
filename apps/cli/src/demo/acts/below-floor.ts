import { coSign, lookAt, signByHand } from '../../seed/desk';
import { isCarriedOut } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { registerNext } from './next-patient';
import { note } from './note-decision';

/** A level below the floor waits for a second person, who must be another one. */
export const belowFloor = async (stage: Stage, narrator: Narrator): Promise<void> => {
  narrator.chapter({ zh: '低于底线需要第二签名', en: 'Below the floor, a second signature' });
  const { nurse, charge } = stage.players;
  const { assessment } = await registerNext(stage, {
    name: '孟雅琴（演示）',
    complaint: '慢阻肺多年，平时血氧就低，自觉与平日无异',
  });
  const reviewId = assessment?.reviewId ?? '';
  const first = await signByHand(nurse.door, await lookAt(nurse.door, reviewId), {
    level: 'III',
    to: '呼吸内科',
    reason: 'clinical-judgement',
  });
  narrator.holds(first.ok && first.body.state === 'awaiting-second', {
    zh: `规则底线 ${assessment?.floor}；${nurse.name} 签 III 级并说明理由：等待第二签名，尚未生效`,
    en: `the floor is ${assessment?.floor}; the nurse signs III with a reason: it waits for a second signature and has no effect yet`,
  });
  const own = await coSign(nurse.door, await lookAt(nurse.door, reviewId), nurse.password);
  narrator.holds(!own.ok && own.status === 403, {
    zh: `她不能自己再签一次：${own.status}`,
    en: `she cannot sign it a second time herself: ${own.status}`,
  });
  const second = await coSign(charge.door, await lookAt(charge.door, reviewId), charge.password);
  const decisionId = note(stage, second);
  narrator.holds(decisionId !== null, {
    zh: `护士长 ${charge.name} 核对同一内容，输入密码会签：生效`,
    en: 'the charge nurse looks at the same content and signs it with her password: it takes effect',
  });
  narrator.holds(await isCarriedOut(stage, decisionId), { zh: '工作流执行', en: 'the workflow carries it out' });
};
