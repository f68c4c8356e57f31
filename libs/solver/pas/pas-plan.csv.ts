import { at, placesOf } from '../arrays';
import { malformed, reading, type Reading } from '../failure';
import type { PasPlan, PasProblem } from './pas.problem';

const head = 'patientId,part,bedId';

const nameOf = ({ patients, parts }: PasProblem, part: number): string =>
  `${at(patients.ids, at(parts.patient, part))},${at(parts.number, part)}`;

/** A plan as CSV: one line for each part, in the order of the instance; an empty bed is a part without one. */
export const writePasPlan = (problem: PasProblem, plan: PasPlan): string =>
  [
    head,
    ...[...plan].map((bed, part) => `${nameOf(problem, part)},${bed < 0 ? '' : at(problem.beds.ids, bed)}`),
    '',
  ].join('\n');

/** Reads such a plan; every part must be listed, once. */
export const readPasPlan = (problem: PasProblem, text: string): Reading<PasPlan> =>
  reading(() => {
    const [first, ...lines] = text
      .replace(/^\uFEFF/, '')
      .trimEnd()
      .split(/\r?\n/);
    if (first !== head) malformed('line 1', `not the columns ${head}`);
    const count = problem.parts.patient.length;
    const parts = placesOf(Array.from({ length: count }, (_, part) => nameOf(problem, part)));
    const beds = placesOf(problem.beds.ids).set('', -1);
    const plan = new Int32Array(count);
    const listed = new Set<number>();
    for (const [index, line] of lines.entries()) {
      const [part, bed] = placement({ line, place: `line ${index + 2}` }, parts, beds);
      if (listed.has(part)) malformed(`line ${index + 2}`, `the part ${nameOf(problem, part)} for the second time`);
      listed.add(part);
      plan[part] = bed;
    }
    if (listed.size !== count) malformed('file', `${count - listed.size} parts are not listed`);
    return plan;
  });

type Places = ReadonlyMap<string, number>;

const placement = ({ line, place }: { line: string; place: string }, parts: Places, beds: Places): [number, number] => {
  const [, name = '', bed = ''] = /^([^,]+,[^,]+),([^,]*)$/.exec(line) ?? malformed(place, 'not three values');
  return [parts.get(name) ?? malformed(place, `no part ${name}`), beds.get(bed) ?? malformed(place, `no bed ${bed}`)];
};
