import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '#libs/embedded/state-files';
import { type Secrets } from '#libs/embedded/state-folder';
import { temporalDatabases } from '#libs/embedded/temporal-config';
import { unauditedAdministration } from '#libs/invariants/audit-trail';
import { type SearchedPlaces } from '#libs/invariants/canaries';
import { checkInvariants } from '#libs/invariants/check-invariants';
import { invariants, type InvariantId, type Violation } from '#libs/invariants/violation';
import { createWorkflowView } from '#libs/invariants/workflow-view';
import { undoMs } from '#libs/processes/triage/triage.gate';
import { type Narrator } from '../narrator';
import { type Stage } from '../stage';

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
  const { query, cipher, link, acknowledged, canaries } = stage;
  const workflows = createWorkflowView(link);
  const found = await checkInvariants({
    query,
    cipher,
    workflows,
    acknowledged,
    canaries,
    undoMs,
    places: placesOf(stage),
  });
  const all = { ...found, I3: [...found.I3, ...(await unauditedAdministration(query))] };
  for (const [id, violations] of Object.entries(all) as [InvariantId, Violation[]][]) {
    narrator.holds(violations.length === 0, { zh: `${id} ${inChinese[id]}`, en: invariants[id] });
    violations.forEach(({ what, where }) => narrator.line(`   ${where}: ${what}`));
  }
};

/** Our database, both of Temporal’s, and every log. */
const placesOf = ({ installation }: Stage): SearchedPlaces => {
  const { stateDir, env } = installation;
  const ledger = env['DATABASE_MIGRATION_URL'] ?? '';
  const { temporal = '' } = readJson<Partial<Secrets>>(join(stateDir, 'secrets.json')) ?? {};
  const ofTemporal = Object.values(temporalDatabases).map((name) => {
    const url = new URL(ledger);
    Object.assign(url, { username: 'countersign_temporal', password: temporal, pathname: `/${name}` });
    return url.href;
  });
  const logs = join(stateDir, 'logs');
  const files = existsSync(logs) ? readdirSync(logs).map((name) => join(logs, name)) : [];
  return { databaseUrls: [ledger, ...ofTemporal], files };
};
