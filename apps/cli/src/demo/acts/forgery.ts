import { randomUUID } from 'node:crypto';
import { defaultPayloadConverter, toPayloads } from '@temporalio/common';
import { type ApiDoor } from '#libs/api-client/door';
import { createPayloadCodec } from '#libs/temporal/payload-codec';
import { createWorkflowDoor } from '#libs/temporal/workflow-door';
import { lookAt } from '../../seed/desk';
import { alarmsOf } from '../looking';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';
import { until } from '../until';

/** What is under attack. */
export interface Target {
  readonly caseId: string;
  readonly reviewId: string;
}

/** Somebody who reaches Temporal, and a machine with a token, try to approve: nothing changes, and alarms are raised. */
export const forgery = async (stage: Stage, narrator: Narrator, target: Target): Promise<void> => {
  narrator.chapter({ zh: '伪造的批准', en: 'Forged approvals' });
  await plainSignal(stage, narrator, target);
  await unbackedSignal(stage, narrator, target);
  await machineDecides(stage.feed, narrator, target);
  await nothingChanged(stage, narrator, target);
};

const workflowOf = ({ caseId }: Target): string => `triage:${caseId}`;
const approval = (): object => ({ decisionId: randomUUID(), action: 'approve', approved: true });

const alarmRaised = (stage: Stage, { caseId }: Target, code: string): Promise<true | null> =>
  until(async () => (await alarmsOf(stage, caseId, code)) > 0 || null);

/* As somebody would who found the port of Temporal: plain JSON, without our key. */
const plainSignal = async (stage: Stage, narrator: Narrator, target: Target): Promise<void> => {
  const { connection, namespace } = stage.link;
  await connection.workflowService.signalWorkflowExecution({
    namespace,
    workflowExecution: { workflowId: workflowOf(target) },
    signalName: 'decided',
    requestId: randomUUID(),
    input: { payloads: toPayloads(defaultPayloadConverter, approval()) ?? [] },
  });
  narrator.holds((await alarmRaised(stage, target, 'PAYLOAD_REJECTED')) === true, {
    zh: '有人绕过接口，直接向 Temporal 发送“已批准”的明文信号：载荷被拒绝，触发报警',
    en: 'somebody sends Temporal a plain signal that says “approved”: the payload is rejected and an alarm raised',
  });
};

/* As an insider would who holds even the key. */
const unbackedSignal = async (stage: Stage, narrator: Narrator, target: Target): Promise<void> => {
  const { link, ring } = stage;
  const { namespace } = link;
  const codec = createPayloadCodec({ ring, namespace, side: 'client', onRejected: () => undefined });
  const request = {
    workflowId: workflowOf(target),
    signalName: 'decided',
    args: [approval()],
    requestId: randomUUID(),
  };
  await createWorkflowDoor({ link, codec }).signal(request);
  narrator.holds((await alarmRaised(stage, target, 'UNBACKED_SIGNAL')) === true, {
    zh: '即使持有密钥伪造信号，台账中没有这个决定：工作流不执行，触发报警',
    en: 'even a signal forged with the key names a decision that the ledger does not have: it is not obeyed, and an alarm is raised',
  });
};

const machineDecides = async (feed: ApiDoor, narrator: Narrator, { reviewId }: Target): Promise<void> => {
  const answer = await feed.ask('post', '/api/reviews/{id}/decisions', {
    path: { id: reviewId },
    version: 1,
    body: { action: 'manual', content: { level: 'IVb', department: null, note: '' } },
  });
  narrator.holds(!answer.ok && answer.status === 403, {
    zh: `服务账号试图签发级别：${answer.status}，机器不能做决定`,
    en: `a service account tries to sign a level: ${answer.status}, a machine never decides`,
  });
};

const nothingChanged = async (stage: Stage, narrator: Narrator, { reviewId }: Target): Promise<void> => {
  const shown = await lookAt(stage.players.nurse.door, reviewId);
  narrator.holds(shown.state === 'open' && shown.decision === null, {
    zh: '复核仍然打开，没有任何决定',
    en: 'the review is still open and nothing was decided',
  });
  const notices = await stage.players.security.door.ask('get', '/api/notices');
  const told = notices.ok ? notices.body.items.filter(({ audience }) => audience === 'security_admin').length : 0;
  narrator.holds(told > 0, {
    zh: `安全管理员收到 ${told} 条报警`,
    en: `the security administrator was told (${told})`,
  });
};
