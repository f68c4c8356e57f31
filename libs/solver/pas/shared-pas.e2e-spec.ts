import { hasSharedBeds, readShared, sharedTitle, valueOf } from '../../../test/support/solver/shared-beds';
import { firstPasPlan } from './first-plan';
import { readPasPlan, writePasPlan } from './pas-plan.csv';
import { scorePas } from './pas.validator';
import { readPas } from './read-pas';

/** Instance, patients listed, without a part, beds, rooms, departments, nights; then the greedy plan's medium, soft, unplaced. */
const vectors = [
  ['testdata01', 693, 41, 286, 98, 4, 2390, 70, 10508, 23],
  ['testdata02', 778, 23, 465, 151, 6, 3905, 6, 17644, 2],
  ['testdata03', 757, 49, 395, 131, 5, 3156, 3, 14086, 3],
  ['testdata04', 782, 36, 471, 155, 6, 3576, 22, 20468, 5],
  ['testdata05', 631, 44, 325, 102, 4, 2244, 1, 8074, 1],
  ['testdata06', 726, 41, 313, 104, 4, 2821, 13, 11370, 7],
  ['testdata07', 770, 251, 472, 162, 6, 2215, 1, 24184, 1],
  ['testdata08', 895, 0, 441, 148, 6, 4066, 7, 64118, 6],
  ['overconstrained01', 770, 251, 69, 25, 1, 2215, 1408, 27866, 355],
] as const;

(hasSharedBeds ? describe : describe.skip)(sharedTitle('published PAS instances'), () => {
  it.each(vectors)('%s is read as it is listed', (name, listed, ignored, beds, rooms, departments, nights) => {
    const problem = valueOf(readPas(readShared(`pas/${name}.txt`)));
    expect(problem.patients.ids).toHaveLength(listed);
    expect(listed - new Set(problem.parts.patient).size).toBe(ignored);
    expect([problem.beds.ids, problem.rooms.ids, problem.departments.ids].map((ids) => ids.length)).toEqual([
      beds,
      rooms,
      departments,
    ]);
    const nobody = scorePas(problem, new Int32Array(problem.parts.patient.length).fill(-1));
    expect(nobody).toMatchObject({ hard: 0, medium: nights, soft: 0, breaks: [] });
  });

  it.each(vectors)('%s: the greedy plan costs what is listed', (name, ...listed) => {
    const [medium, soft, unplaced] = listed.slice(6);
    const problem = valueOf(readPas(readShared(`pas/${name}.txt`)));
    const plan = firstPasPlan(problem);
    expect(scorePas(problem, plan)).toMatchObject({ hard: 0, medium, soft });
    expect([...plan].filter((bed) => bed < 0)).toHaveLength(unplaced!);
    expect(valueOf(readPasPlan(problem, writePasPlan(problem, plan)))).toEqual(plan);
  });
});
