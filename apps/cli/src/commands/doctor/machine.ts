import { statfsSync } from 'node:fs';
import { repositoryRoot } from '#libs/embedded/repository';
import { readJson } from '#libs/embedded/state-files';
import { join } from 'node:path';
import { fail, type Finding, ok, warn } from './finding';

const gib = 2 ** 30;

/** Whether a version is at least another one (`24.15.0`). */
export const isAtLeast = (version: string, least: string): boolean => {
  const [have, need] = [version, least].map((text) => text.split('.').map(Number)) as [number[], number[]];
  const differs = need.findIndex((part, at) => (have[at] ?? 0) !== part);
  return differs === -1 || (have[differs] ?? 0) > (need[differs] ?? 0);
};

/** Whether this Node is one the product is made for. */
export const examineNode = (version = process.versions.node, least = leastNode()): Finding[] =>
  isAtLeast(version, least)
    ? [ok('Node.js', version)]
    : [
        fail(
          'Node.js',
          `${version} is older than ${least}`,
          'run by npm (npm start, npm run countersign), which brings its own',
        ),
      ];

const leastNode = (): string => {
  const { engines } = readJson<{ engines: { node: string } }>(join(repositoryRoot(), 'package.json')) ?? {
    engines: { node: '24.15.0' },
  };
  return engines.node.replaceAll(/[^\d.]/g, '');
};

/** Whether there is room for what will be written. */
export const examineDisk = (folder: string, free: (folder: string) => number = freeBytes): Finding[] => {
  const bytes = free(folder);
  const text = `${(bytes / gib).toFixed(1)} GiB free at ${folder}`;
  if (bytes < gib) return [fail('disk', text, 'free some: PostgreSQL stops when the disk is full')];
  return bytes < 5 * gib ? [warn('disk', text, 'a desk writes about 60 kB a patient, and logs')] : [ok('disk', text)];
};

const freeBytes = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};

/** Whether this machine and PostgreSQL agree on what time it is; every clock of a patient is made of it. */
export const clockFinding = (ours: Date, theirs: Date): Finding => {
  const apart = Math.abs(ours.getTime() - theirs.getTime()) / 1000;
  const text = `${ours.toISOString()}, ${apart.toFixed(1)} s from PostgreSQL’s`;
  if (apart > 60) return fail('clock', text, 'set both clocks by NTP: waiting times and sessions are wrong otherwise');
  return apart > 2 ? warn('clock', text, 'set both clocks by NTP') : ok('clock', text);
};
