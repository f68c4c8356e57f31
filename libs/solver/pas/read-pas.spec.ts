import { valueOf } from '../../../test/support/solver/shared-beds';
import { readPasPlan, writePasPlan } from './pas-plan.csv';
import { readPas } from './read-pas';
import { smallPas } from '../../../test/support/solver/small-pas';

const problem = valueOf(readPas(smallPas));
const failureOf = (text: string): unknown => {
  const outcome = readPas(text);
  return 'failure' in outcome ? outcome.failure : 'read';
};

describe('PAS instance', () => {
  it('has a part for each stretch of specialism, cut at the horizon, and none for who has no night in it', () => {
    const { patient, number, specialism, first, end } = problem.parts;
    expect([...patient].map((at, part) => [at + 1, number[part], specialism[part], first[part], end[part]])).toEqual([
      [1, 1, 1, 0, 2],
      [2, 1, 1, 1, 4],
      [3, 1, 2, 0, 4],
      [4, 1, 1, 1, 3],
      [5, 1, 1, 1, 3],
      [5, 2, 2, 3, 4],
    ]);
  });

  it('counts a property that is both required and preferred as required', () => {
    expect([...problem.patients.required.slice(2, 4), ...problem.patients.preferred.slice(2, 4)]).toEqual([1, 0, 0, 1]);
  });

  it.each([
    ['a row too few', smallPas.replace('7 5\n', ''), 'section BEDS', '6 rows where the head says 7'],
    ['a section that is not there', smallPas.replace('\nROOMS:', '\nCHAMBERS:'), 'file', 'no section ROOMS'],
    [
      'a head without a count',
      smallPas.replace('Planning horizon: 4', ''),
      'head',
      'no line "Planning horizon: <number>"',
    ],
    ['a word for a number', smallPas.replace('1 Ann 40', '1 Ann old'), 'line 39', '"old" where a whole number belongs'],
    ['an unknown room', smallPas.replace('7 5\n', '7 9\n'), 'line 36', 'nothing has the id 9'],
    ['the same id twice', smallPas.replace('2 Bea', '1 Bea'), 'line 40', 'the id 1 for the second time'],
    [
      'an unknown policy',
      smallPas.replace('| D | 1 0', '| X | 1 0'),
      'line 27',
      'the gender policy X, not D, M, F or N',
    ],
    [
      'a stay that runs backwards',
      smallPas.replace('| 1 3 | 1 1 2', '| 3 1 | 1 1 2'),
      'line 42',
      'a stay that ends (1) before it begins (3)',
    ],
    ['a cell too few', smallPas.replace(' | 0 0 | 0 0\n2 Bea', '\n2 Bea'), 'line 39', 'no cell 5'],
  ])('says where %s is and what is wrong', (_, text, place, reason) => {
    expect(failureOf(text)).toEqual({ place, reason });
  });
});

describe('PAS plan as CSV', () => {
  const plan = Int32Array.of(2, 0, -1, 3, 4, -1);
  const text = 'patientId,part,bedId\n1,1,3\n2,1,1\n3,1,\n4,1,4\n5,1,5\n5,2,\n';
  const failed = (csv: string): unknown => {
    const outcome = readPasPlan(problem, csv);
    return 'failure' in outcome ? outcome.failure : 'read';
  };

  it('has a line for each part, with an empty bed for one that has none', () => {
    expect(writePasPlan(problem, plan)).toBe(text);
    expect(valueOf(readPasPlan(problem, text))).toEqual(plan);
    expect(valueOf(readPasPlan(problem, text.replaceAll('\n', '\r\n')))).toEqual(plan);
  });

  it.each([
    ['a part that is left out', text.replace('4,1,4\n', ''), 'file', '1 parts are not listed'],
    ['a part listed twice', `${text}1,1,\n`, 'line 8', 'the part 1,1 for the second time'],
    ['a part that is not one', text.replace('5,2,', '5,3,'), 'line 7', 'no part 5,3'],
    ['an unknown bed', text.replace('4,1,4', '4,1,44'), 'line 5', 'no bed 44'],
    ['other columns', 'patient,bed\n', 'line 1', 'not the columns patientId,part,bedId'],
  ])('says where %s is', (_, csv, place, reason) => {
    expect(failed(csv)).toEqual({ place, reason });
  });
});
