import { valueOf } from '../../../test/support/solver/shared-beds';
import { readIhtcPlan, writeIhtcPlan } from './ihtc-plan.json';
import type { IhtcInstance, IhtcSolution } from './ihtc.schema';
import { type IhtcScore, scoreIhtc } from './ihtc.validator';
import { readIhtc } from './read-ihtc';
import { smallIhtc, smallIhtcSolution } from '../../../test/support/solver/small-ihtc';

type Change<T> = (file: T) => void;

const scoreWith = (solution: Change<IhtcSolution>, instance: Change<IhtcInstance> = () => undefined): IhtcScore => {
  const [house, plan] = [smallIhtc(), smallIhtcSolution()];
  instance(house);
  solution(plan);
  const problem = valueOf(readIhtc(JSON.stringify(house)));
  return scoreIhtc(problem, valueOf(readIhtcPlan(problem, JSON.stringify(plan))));
};
const unchanged = (): void => undefined;
const admit = (
  id: string,
  admission_day: number,
  [room, operating_theater]: [string, string],
): Change<IhtcSolution> => {
  return ({ patients }) => {
    patients.splice(
      patients.findIndex((patient) => patient.id === id),
      1,
      { id, admission_day, room, operating_theater },
    );
  };
};
const rulesOf = (score: IhtcScore): string[] => score.breaks.map(({ rule, where }) => `${rule}: ${where}`);

describe('IHTC validator', () => {
  it('counts what the plan of the specs costs, by hand', () => {
    expect(scoreWith(unchanged)).toEqual({
      breaks: [],
      counts: {
        room_mixed_age: 0,
        // Ann's first day asks for 2 of Nora's 1, her first night for 1 of Nils' 0.
        room_nurse_skill: 2,
        // Olaf, Ann and Ben see two nurses each.
        continuity_of_care: 6,
        nurse_eccessive_workload: 0,
        open_operating_theater: 2,
        surgeon_transfer: 0,
        patient_delay: 1,
        unscheduled_optional: 1,
      },
      cost: 2 * 7 + 6 * 1 + 2 * 20 + 13 + 100,
    });
  });

  it('counts the span of ages in a room and the load above what a nurse can bear', () => {
    const { counts } = scoreWith(admit('ben', 0, ['R1', 'T2']));
    // Day 0: a child beside Olaf, and 2 + 1 + 3 for each nurse, who bears 4.
    expect(counts).toMatchObject({ room_mixed_age: 2, nurse_eccessive_workload: 4 });
  });

  it('counts a surgeon between theatres and theatres that are open, by day', () => {
    expect(scoreWith(admit('ben', 0, ['R1', 'T2'])).counts).toMatchObject({
      surgeon_transfer: 1,
      open_operating_theater: 2,
    });
  });

  it('counts the delay of optional patients, whose stay is cut at the horizon', () => {
    const { counts, breaks } = scoreWith(admit('cleo', 2, ['R2', 'T1']));
    expect(breaks).toEqual([]);
    expect(counts).toMatchObject({ patient_delay: 2, unscheduled_optional: 0, continuity_of_care: 8 });
  });

  it.each([
    ['a room over its capacity', admit('cleo', 1, ['R2', 'T1']), ['roomOverCapacity: room R2, day 1']],
    ['genders mixed', admit('ann', 0, ['R1', 'T1']), ['gendersMixed: room R1, day 0', 'gendersMixed: room R1, day 1']],
    [
      'an incompatible room',
      admit('ben', 2, ['R2', 'T1']),
      ['surgeonOvertime: surgeon S1, day 2', 'roomIncompatible: patient ben'],
    ],
    [
      'a surgeon over her time',
      admit('ann', 1, ['R2', 'T1']),
      ['surgeonOvertime: surgeon S1, day 1', 'theatreOvertime: theatre T1, day 1'],
    ],
    ['a theatre over its time', admit('ben', 0, ['R1', 'T1']), ['theatreOvertime: theatre T1, day 0']],
    ['an admission after the due day', admit('ann', 2, ['R2', 'T1']), ['afterDue: patient ann']],
    ['an admission before the release', admit('cleo', 0, ['R1', 'T2']), ['beforeRelease: patient cleo']],
  ])('names %s', (_, change, rules) => {
    expect(rulesOf(scoreWith(change))).toEqual(expect.arrayContaining(rules));
  });

  it('names a mandatory patient who is not admitted, be it that the file does not name him', () => {
    const without = scoreWith((file) => (file.patients = file.patients.filter(({ id }) => id !== 'ann')));
    expect(rulesOf(without)).toEqual(['mandatoryUnscheduled: patient ann']);
  });

  it('names occupied rooms without a nurse, rooms with two, and nurses who are not on shift', () => {
    const nobody = scoreWith((file) =>
      file.nurses[0]!.assignments.splice(1, 1, { day: 1, shift: 'day', rooms: ['R1'] }),
    );
    expect(rulesOf(nobody)).toEqual(['roomWithoutNurse: room R2, day 1, day']);
    const two = scoreWith((file) => file.nurses[1]!.assignments.push({ day: 2, shift: 'day', rooms: ['R2'] }));
    expect(rulesOf(two)).toEqual(['roomWithTwoNurses: room R2, day 2, day', 'nurseNotOnShift: nurse nils, day 2, day']);
  });

  it('asks for no nurse in an empty room', () => {
    const { breaks } = scoreWith((file) =>
      file.nurses[0]!.assignments.splice(2, 1, { day: 2, shift: 'day', rooms: ['R1'] }),
    );
    expect(breaks).toEqual([]);
  });
});

describe('IHTC files', () => {
  const failureOf = (change: Change<IhtcInstance>): unknown => {
    const file = smallIhtc();
    change(file);
    const outcome = readIhtc(JSON.stringify(file));
    return 'failure' in outcome ? outcome.failure : 'read';
  };

  it.each<[string, Change<IhtcInstance>, string, string]>([
    ['an unknown surgeon', (file) => (file.patients[1]!.surgeon_id = 'S9'), 'patients[1].surgeon_id', 'there is no S9'],
    [
      'a workload too short',
      (file) => file.occupants[0]!.workload_produced.pop(),
      'occupants[0].workload_produced',
      'not 2 shifts',
    ],
    [
      'a mandatory patient without a due day',
      (file) => delete file.patients[0]!.surgery_due_day,
      'patients[0].surgery_due_day',
      'a mandatory patient without a due day',
    ],
    [
      'a day too few',
      (file) => file.surgeons[1]!.max_surgery_time.pop(),
      'surgeons[1]',
      '2 days of minutes where the horizon has 3',
    ],
    ['a room named twice', (file) => (file.rooms[1]!.id = 'R1'), 'rooms[1].id', 'R1 for the second time'],
  ])('say where %s is', (_, change, place, reason) => {
    expect(failureOf(change)).toEqual({ place, reason });
  });

  it('say that they are no JSON, and which value the schema does not take', () => {
    expect(readIhtc('{')).toMatchObject({ failure: { place: 'file', reason: expect.stringContaining('not JSON') } });
    expect(failureOf((file) => (file.days = 0))).toMatchObject({ place: 'days' });
  });

  it('are written as they were read', () => {
    const problem = valueOf(readIhtc(JSON.stringify(smallIhtc())));
    const text = writeIhtcPlan(problem, valueOf(readIhtcPlan(problem, JSON.stringify(smallIhtcSolution()))));
    expect(JSON.parse(text)).toEqual(smallIhtcSolution());
    const late = text.replace('"admission_day": 1', '"admission_day": 3');
    expect(readIhtcPlan(problem, late)).toEqual({
      failure: { place: 'patients[1].admission_day', reason: 'after the horizon' },
    });
  });
});
