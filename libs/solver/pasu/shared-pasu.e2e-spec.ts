import { hasSharedBeds, listShared, readShared, sharedTitle, valueOf } from '../../../test/support/solver/shared-beds';
import { firstPasuPlan } from './first-plan';
import { readPasuPlan, writePasuPlan } from './pasu-plan.xml';
import { scorePasu } from './pasu.validator';
import { readPasu } from './read-pasu';

const bounds = new Map(
  hasSharedBeds
    ? readShared('dynamic_pasu/best_known_zhu2019.csv')
        .trim()
        .split(/\r?\n/)
        .slice(1)
        .map((line) => line.split(','))
        .map(([name = '', bound]) => [name, Number(bound)])
    : [],
);
const files = ['instances', 'small_instances'].flatMap((folder) =>
  listShared(`dynamic_pasu/${folder}`).map((file) => `${folder}/${file}`),
);

(hasSharedBeds ? describe : describe.skip)(sharedTitle('published PASU instances'), () => {
  it('are thirty, fifteen of them with a lower bound', () => {
    expect([files.length, bounds.size]).toEqual([30, 15]);
  });

  it.each(files.length > 0 ? files : ['none'])('%s: no plan of ours costs less than the lower bound', (file) => {
    const problem = valueOf(readPasu(readShared(`dynamic_pasu/${file}`)));
    const plan = firstPasuPlan(problem);
    const score = scorePasu(problem, plan);
    // Beds and theatre are given at once and nobody is moved, so that some urgent patients find no place.
    expect(score.breaks.filter(({ rule }) => rule !== 'notScheduled')).toEqual([]);
    expect(score.cost).toBeGreaterThanOrEqual(bounds.get(file.replace(/^.*\/|\.xml\.gz$/g, '')) ?? 0);
    expect(valueOf(readPasuPlan(problem, writePasuPlan(problem, plan, { score, seconds: 0 })))).toEqual(plan);
  });
});
