import { valueOf } from '../../../test/support/solver/shared-beds';
import { smallPatient, smallRequest, smallWard } from '../../../test/support/solver/small-ward';
import { explain } from './explain-ward';
import { generateHouse, pressedHouse } from './generate-house';
import { readWard, wardProblem } from './read-ward';
import { wardAnswer } from './ward-answer';
import { wardAnswerSchema, wardJsonSchema } from './ward-answer.schema';
import { judge } from './ward.evaluator';
import { firstWardPlan } from './ward.solver';

describe('the answer of the ward', () => {
  const problem = valueOf(wardProblem(generateHouse({ ...pressedHouse, beds: 90, requests: 30, seed: 4 })));
  const plan = firstWardPlan(problem);

  it('is what its schema says: everybody is placed or explained, in both languages', () => {
    const answer = wardAnswer(problem, plan, 1);
    expect(wardAnswerSchema.parse(JSON.parse(JSON.stringify(answer)))).toEqual(JSON.parse(JSON.stringify(answer)));
    expect(answer.totals).toMatchObject({ requests: 30, placed: plan.length, unplaced: 30 - plan.length, moved: 0 });
    expect(answer.unplaced.length).toBe(30 - plan.length);
    expect(answer.unplaced.length).toBeGreaterThan(0);
    expect(answer.ranking.map(({ beds }) => beds.length)).toEqual(answer.ranking.map(() => 3));
    for (const { lines } of [...answer.plan, ...answer.unplaced])
      for (const text of [...lines.zh, ...lines.en]) expect(text).not.toMatch(/undefined|[{}]/);
    expect(answer.gapPercent).toBeCloseTo(100 * (answer.totals.cost - 1), 6);
    expect(wardAnswer(problem, plan)).not.toHaveProperty('bound');
  });

  it('has JSON schemas for what is read and written', () => {
    expect(JSON.parse(JSON.stringify(wardJsonSchema()))).toMatchObject({
      $defs: { input: { required: expect.arrayContaining(['now', 'beds']) }, output: { type: 'object' } },
    });
  });
});

describe('words for a bed', () => {
  const airborne = smallRequest({ isolation: 'airborne', specialty: 'neurology', needs: ['ventilator'] });
  const house = smallWard({ requests: [airborne], patients: [smallPatient({})] });
  const beds = house.beds.map((bed) => (bed.id === 'm1a' ? { ...bed, state: 'occupied' as const } : bed));
  const problem = valueOf(readWard(JSON.stringify({ ...house, beds })));
  const verdict = judge(problem, [], { person: 0, bed: 0, start: 0 });

  it('name the bed, each broken rule with the people, and each cost in points', () => {
    expect(explain(problem, verdict, 'zh')).toEqual([
      'm1a，2026-03-02 08:00 起，共 60 分',
      'H2 占用：届时仍有患者（p）',
      'H5 隔离：需负压单间',
      'H6 设备：缺 ventilator',
      'S1 非本专科病区：60 分',
    ]);
    expect(explain(problem, verdict, 'en')).toEqual([
      'm1a from 2026-03-02 08:00, 60 points in all',
      'H2 occupancy: somebody lies there then (p)',
      'H5 isolation: needs a single room with negative pressure',
      'H6 equipment: ventilator missing',
      'S1 not a ward of the specialty: 60 points',
    ]);
  });

  it('say so where nothing speaks against it', () => {
    const free = valueOf(readWard(JSON.stringify(smallWard())));
    expect(explain(free, judge(free, [], { person: 0, bed: 0, start: 0 }), 'zh').at(-1)).toBe('无扣分');
  });
});
