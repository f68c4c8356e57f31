import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readJson } from '#libs/embedded/state-files';
import { type Secrets } from '#libs/embedded/state-folder';
import { temporalDatabases } from '#libs/embedded/temporal-config';
import { unauditedAdministration } from '#libs/invariants/audit-trail';
import { type SearchedPlaces } from '#libs/invariants/canaries';
import { checkInvariants } from '#libs/invariants/check-invariants';
import { type InvariantId, type Violation } from '#libs/invariants/violation';
import { createWorkflowView } from '#libs/invariants/workflow-view';
import { undoMs } from '#libs/processes/triage/triage.gate';
import { type Stage } from './stage';

/** What is found against each invariant of the installation as it now is; waits for quiet, `quietMs` at most. */
export const violationsAt = async (stage: Stage, quietMs?: number): Promise<Record<InvariantId, Violation[]>> => {
  const { query, cipher, link, acknowledged, canaries } = stage;
  const found = await checkInvariants({
    query,
    cipher,
    workflows: createWorkflowView(link),
    acknowledged,
    canaries,
    undoMs: undoMs * Number(stage.installation.env['COUNTERSIGN_TIME_SCALE'] || 1),
    places: placesOf(stage),
    ...(quietMs !== undefined && { quietMs }),
  });
  return { ...found, I3: [...found.I3, ...(await unauditedAdministration(query))] };
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
