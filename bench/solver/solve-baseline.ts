import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ihtcFile } from '../../libs/solver/ihtc/ihtc.file';
import { ihtcBaseline } from './ihtc-baseline';
import type { InstanceWish, SolvedLine } from './solve-instance';

/** Solves an IHTC file by the baseline, judged by the same validator. */
export const solveBaseline = ({ file, seconds, seed }: InstanceWish): SolvedLine => {
  const read = ihtcFile.read(gunzipSync(readFileSync(file)).toString('utf8'));
  if ('failure' in read) throw new Error(`${file}: ${read.failure.place}: ${read.failure.reason}`);
  const { plan, iterations, firstFeasibleMs } = ihtcBaseline(read.value, { seed, seconds });
  const judged = plan === undefined ? { cost: null, parts: {}, violations: null } : ihtcFile.judge(read.value, plan);
  return {
    problem: 'ihtc',
    instance: basename(file, '.json.gz'),
    cost: judged.cost,
    parts: judged.parts,
    violations: judged.violations,
    ...(firstFeasibleMs === undefined ? {} : { firstFeasibleMs: Math.round(firstFeasibleMs) }),
    iterationsPerSecond: Math.round(iterations / seconds),
    seconds,
    threads: 1,
    seed,
    rssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
};
