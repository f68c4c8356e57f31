import { invariants, type InvariantId, type Violation } from '#libs/invariants/violation';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { violationsAt } from '../violations-at';

const inChinese: Readonly<Record<InvariantId, string>> = {
  I1: '每个已确认的决定恰好存在一次',
  I2: '没有任何复核有两个结果',
  I3: '每次状态变化恰有一条署名审计',
  I4: '安静 30 秒内工作流与台账一致',
  I5: '没有内容相符的决定，任何关口都未通过',
  I6: '患者数据从不以明文出现',
  I8: '没有反复失败的工作流，没有滞留超过 30 秒的发件',
};

/** Asks every invariant of the installation as it now is. */
export const invariantsHold = async (stage: Stage, narrator: Narrator): Promise<void> => {
  narrator.chapter({ zh: '不变量', en: 'The invariants' });
  for (const [id, violations] of Object.entries(await violationsAt(stage)) as [InvariantId, Violation[]][]) {
    narrator.holds(violations.length === 0, { zh: `${id} ${inChinese[id]}`, en: invariants[id] });
    violations.forEach(({ what, where }) => narrator.line(`   ${where}: ${what}`));
  }
};
