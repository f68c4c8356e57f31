import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalOne } from '#libs/embedded/children';
import { clearLeftovers } from '#libs/embedded/postgres-data';
import { identify, isAlive, type ProcessIdentity } from '#libs/embedded/process-identity';
import type { Say } from '#libs/embedded/start-error';
import { readJson, writePrivateJson } from '#libs/embedded/state-files';
import { dataFolder } from '#libs/embedded/state-folder';

const recordFile = (stateDir: string): string => join(stateDir, 'children.json');

type Running = Record<string, ProcessIdentity>;

/** Writes down each child as it starts, so that a later start can end it should it outlive us. */
export const childRecord = (stateDir: string): ((name: string, pid: number) => void) => {
  const running: Running = {};
  return (name, pid) => {
    const identity = identify(pid);
    if (identity) running[name] = identity;
    writePrivateJson(recordFile(stateDir), running);
  };
};

/** Ends what a killed supervisor left running on a state folder. Only for the holder of its lock. */
export const endLeftovers = async (stateDir: string, say: Say): Promise<void> => {
  const recorded = Object.entries(readJson<Running>(recordFile(stateDir)) ?? {});
  const left = recorded.filter(([name, who]) => name !== 'postgres' && isAlive(who));
  if (left.length > 0) say(`  ending what an earlier start left running: ${left.map(([name]) => name).join(', ')}`);
  await Promise.all(left.map(([, who]) => end(who)));
  const data = dataFolder(stateDir);
  if (data) await clearLeftovers(data);
  rmSync(recordFile(stateDir), { force: true });
};

const end = async (who: ProcessIdentity): Promise<void> => {
  signalOne(who.pid, 'SIGTERM');
  for (let waited = 0; waited < 5000 && isAlive(who); waited += 50) await sleep(50);
  signalOne(-who.pid, 'SIGKILL'); // the rest of its group, and itself if it would not go
};
