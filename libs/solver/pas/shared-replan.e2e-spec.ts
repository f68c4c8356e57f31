import { hasSharedBeds, readShared, sharedTitle, valueOf } from '../../../test/support/solver/shared-beds';
import { randomOf } from '../random';
import { firstPasPlan } from './first-plan';
import { readPas } from './read-pas';
import { costOfReplan, type PasEvent, replanPas } from './replan';

(hasSharedBeds ? describe : describe.skip)(sharedTitle('re-plans of published PAS instances'), () => {
  it.each(['testdata01', 'testdata02', 'testdata03', 'testdata04', 'testdata05', 'testdata06'])(
    '%s: closed beds and arrivals are answered without a broken rule',
    (name) => {
      const problem = valueOf(readPas(readShared(`pas/${name}.txt`)));
      const random = randomOf(1);
      const plan = firstPasPlan(problem);
      for (let index = 0; index < 20; index++) {
        const asked = plan.slice();
        const part = random.below(plan.length);
        if (index % 2 === 0) asked[part] = -1;
        const event: PasEvent =
          index % 2 === 0
            ? { kind: 'arrival', night: problem.parts.first[part]!, part }
            : { kind: 'closed', night: random.below(problem.nights), bed: random.below(problem.beds.ids.length) };
        const replan = replanPas(problem, asked, event);
        expect(replan.moved.length).toBeLessThanOrEqual(5);
        expect(costOfReplan(problem, { event, replan })).toBeLessThan(Infinity);
      }
    },
  );
});
