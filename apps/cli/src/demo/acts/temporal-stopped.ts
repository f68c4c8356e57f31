import { done } from '#libs/api-client/door';
import { lookAt, signByHand } from '../../seed/desk';
import { isCarriedOut } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { registerNext } from './next-patient';
import { note } from './note-decision';

/** Temporal is stopped; a patient is registered and decided meanwhile, and the workflow catches up afterwards. */
export const temporalStopped = async (stage: Stage, narrator: Narrator): Promise<void> => {
  narrator.chapter({ zh: 'Temporal 停机', en: 'Temporal is stopped' });
  const { installation, players } = stage;
  const { nurse } = players;
  const temporal = installation.part('temporal');
  await temporal.stop();
  narrator.say({ zh: '停止 Temporal 服务', en: 'the Temporal server is stopped' });
  const { caseId, ticketNo, assessment } = await registerNext(stage, {
    name: '秦淑华（演示）',
    complaint: '气促两天，今晨加重，说话不成句',
  });
  const signed = await signByHand(nurse.door, await lookAt(nurse.door, assessment?.reviewId ?? ''), {
    level: 'II',
    to: '呼吸内科',
  });
  const decisionId = note(stage, signed);
  const { rows } = done(await nurse.door.ask('get', '/api/triage/queue'));
  const row = rows.find((one) => one.caseId === caseId);
  narrator.holds(decisionId !== null && row?.level === 'II' && !row.provisional, {
    zh: `停机期间照常登记（${ticketNo} 号）、评估、签字；队列中已是 II 级`,
    en: `meanwhile a patient is registered (ticket ${ticketNo}), assessed and signed; the queue shows level II`,
  });
  narrator.holds(!(await isCarriedOut(stage, decisionId, 0)), {
    zh: '工作流尚未得知',
    en: 'her workflow does not know of it yet',
  });
  await temporal.start();
  narrator.holds(await isCarriedOut(stage, decisionId), {
    zh: 'Temporal 恢复，工作流启动并执行了这个决定',
    en: 'Temporal is back: the workflow starts, reads the ledger and carries the decision out',
  });
};
