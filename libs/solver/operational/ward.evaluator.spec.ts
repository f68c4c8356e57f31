import { valueOf } from '../../../test/support/solver/shared-beds';
import { smallPatient, smallRequest, smallWard } from '../../../test/support/solver/small-ward';
import { readWard } from './read-ward';
import type { WardInput } from './ward.contract';
import { judge, judgePlan, rankBeds, type Verdict } from './ward.evaluator';
import type { WardProblem } from './ward.problem';

type Request = Partial<WardInput['requests'][number]>;
type Patient = Partial<WardInput['patients'][number]>;

/** The house with these patients, whose beds are then occupied, and one request. */
const problemOf = (
  request: Request,
  patients: readonly Patient[] = [],
  change: Partial<WardInput> = {},
): WardProblem => {
  const people = patients.map((patient, index) => smallPatient({ id: `p${index}`, ...patient }));
  const house = smallWard({ patients: people, requests: [smallRequest(request)], ...change });
  const taken = new Set(people.map(({ bed }) => bed));
  const beds = house.beds.map((bed) => (taken.has(bed.id) ? { ...bed, state: 'occupied' as const } : bed));
  return valueOf(readWard(JSON.stringify({ ...house, beds })));
};
const judged = (problem: WardProblem, bed: string, start = 0): Verdict =>
  judge(problem, [], { person: 0, bed: problem.house.beds.findIndex(({ id }) => id === bed), start });
const rulesOf = ({ violations }: Verdict): string[] => violations.map(({ rule, why }) => `${rule} ${why}`);
const costsOf = ({ costs }: Verdict): Record<string, number> =>
  Object.fromEntries(Object.entries(costs).filter(([, cost]) => cost > 0));
const withBed = (id: string, bed: Partial<WardInput['beds'][number]>): Partial<WardInput> => ({
  beds: smallWard().beds.map((one) => (one.id === id ? { ...one, ...bed } : one)),
});
const withWard = (ward: Partial<WardInput['wards'][number]>): Partial<WardInput> => ({
  wards: smallWard().wards.map((one) => (one.id === 'med' ? { ...one, ...ward } : one)),
});

describe('hard rules of the ward', () => {
  it('let a man into a free bed of his ward', () => {
    expect(judged(problemOf({}), 'm1a')).toMatchObject({ violations: [], total: 0 });
  });

  it('H1: the bed is clean by then, or reserved for this request', () => {
    expect(rulesOf(judged(problemOf({}, [], withBed('m1a', { state: 'dirty' })), 'm1a'))).toEqual(['H1 not-ready']);
    expect(rulesOf(judged(problemOf({}, [], withBed('m1a', { state: 'dirty' })), 'm1a', 1))).toEqual([]);
    const later = withBed('m1a', { state: 'cleaning', readyAt: '2026-03-02T11:00:00Z' });
    expect([2, 3].map((start) => rulesOf(judged(problemOf({}, [], later), 'm1a', start)))).toEqual([
      ['H1 not-ready'],
      [],
    ]);
    expect(rulesOf(judged(problemOf({}, [], withBed('m1a', { state: 'closed' })), 'm1a', 50))).toEqual(['H1 closed']);
    const reserved = withBed('m1a', { state: 'reserved', reservedFor: 'q' });
    expect(rulesOf(judged(problemOf({}, [], reserved), 'm1a'))).toEqual([]);
    const others = { ...reserved, requests: [smallRequest({ id: 'other' }), smallRequest()] };
    expect(rulesOf(judged(problemOf({}, [], others), 'm1a'))).toEqual(['H1 reserved-for-another']);
  });

  it('H1 and H2: nobody lies there until the patient has left and the bed is clean', () => {
    const problem = problemOf({}, [{ bed: 'm1a' }]);
    expect(judged(problem, 'm1a').violations).toEqual([{ rule: 'H2', why: 'occupied', with: [1] }]);
    expect(rulesOf(judged(problem, 'm1a', 10.5))).toEqual(['H1 not-cleaned']);
    expect(rulesOf(judged(problem, 'm1a', 11))).toEqual([]);
    expect(rulesOf(judged(problemOf({}, [{ bed: 'm1a', isolation: 'contact' }]), 'm1a', 11))).toEqual([
      'H1 not-cleaned',
    ]);
  });

  it('H2: an overdue patient still lies there', () => {
    expect(rulesOf(judged(problemOf({}, [{ leavesAt: '2026-03-01T08:00:00Z' }]), 'm1a'))).toEqual(['H2 occupied']);
  });

  it('H3: the sex of a room, its own or that of who lies there while the two meet', () => {
    expect(rulesOf(judged(problemOf({}), 'm4a'))).toEqual(['H3 room-for-female']);
    const woman = problemOf({}, [{ sex: 'female' }]);
    expect(judged(woman, 'm1b').violations).toEqual([{ rule: 'H3', why: 'other-sex', with: [1] }]);
    expect(rulesOf(judged(woman, 'm1b', 10))).toEqual([]);
    expect(rulesOf(judged(problemOf({}, [{ sex: 'female', bed: 'm5a' }]), 'm5b'))).toEqual([]);
    const unknown = problemOf({ sex: 'unknown' });
    expect(['m1a', 'm2a'].map((bed) => rulesOf(judged(unknown, bed)))).toEqual([['H3 sex-not-known'], []]);
  });

  it('H4: the ages of a ward', () => {
    expect(rulesOf(judged(problemOf({ ageDays: 400, specialty: 'paediatrics' }), 'm1a'))).toEqual(['H4 too-young']);
    expect(rulesOf(judged(problemOf({ ageDays: 5110 }), 'c1a'))).toEqual(['H4 too-old']);
  });

  it('H5: airborne and protective isolation have their rooms', () => {
    const airborne = problemOf({ isolation: 'airborne' });
    expect(['m1a', 'm2a', 'm3a'].map((bed) => judged(airborne, bed).violations.length)).toEqual([1, 0, 1]);
    const neutropenic = problemOf({ isolation: 'protective', immunocompromised: true });
    expect(['m1a', 'm2a', 'm3a'].map((bed) => judged(neutropenic, bed).violations.length)).toEqual([1, 1, 0]);
  });

  it('H5: contact and droplet lie alone or with the same organism, never beside who has no defence', () => {
    const beside = (request: Request, patient: Patient): string[] =>
      rulesOf(judged(problemOf(request, [patient]), 'm1b'));
    const mrsa = { isolation: 'contact', organism: 'MRSA' } as const;
    expect(beside(mrsa, {})).toEqual(['H5 roommate']);
    expect(beside({}, mrsa)).toEqual(['H5 roommate']);
    expect(beside(mrsa, mrsa)).toEqual([]);
    expect(beside(mrsa, { ...mrsa, organism: 'VRE' })).toEqual(['H5 roommate']);
    expect(beside({ isolation: 'contact' }, { isolation: 'contact' })).toEqual(['H5 roommate']);
    expect(beside({ immunocompromised: true, ...mrsa }, mrsa)).toEqual(['H5 roommate']);
  });

  it('H6: what is needed is at the bed or in the room', () => {
    const needs = problemOf({ needs: ['oxygen', 'telemetry'] });
    expect(['m1a', 'm5a', 'm5b'].map((bed) => rulesOf(judged(needs, bed)))).toEqual([
      ['H6 oxygen telemetry'],
      [],
      ['H6 telemetry'],
    ]);
  });

  it('H7: a level of care is enough or more', () => {
    const problem = problemOf({ level: 'hdu' });
    expect(['m1a', 'i1a'].map((bed) => rulesOf(judged(problem, bed)))).toEqual([['H7 needs-hdu'], []]);
  });

  it('H8: never more patients at once than the nurses can look after', () => {
    const problem = problemOf(
      {},
      [{ bed: 'm1a' }, { bed: 'm2a', leavesAt: '2026-03-02T12:00:00Z' }],
      withWard({ staffedBeds: 2 }),
    );
    expect([0, 4].map((start) => rulesOf(judged(problem, 'm1b', start)))).toEqual([['H8 ward-not-staffed'], []]);
  });

  it('H9: severe patients go where the ward takes them', () => {
    expect(rulesOf(judged(problemOf({ severe: true }), 'm1a'))).toEqual([]);
    expect(rulesOf(judged(problemOf({ severe: true, specialty: 'surgery' }), 'm1a'))).toEqual(['H9 surgery']);
  });

  it('hold the latest time', () => {
    expect(rulesOf(judged(problemOf({ latestAt: '2026-03-02T10:00:00Z' }), 'm1a', 3))).toEqual(['latest too-late']);
  });
});

describe('soft costs of the ward', () => {
  it.each<[string, Request, string, Record<string, number>]>([
    ['S1 for a ward that can do the specialty', { specialty: 'surgery' }, 'm1a', { S1: 20 }],
    ['S1 for one that cannot', { specialty: 'neurology' }, 'm1a', { S1: 60 }],
    ['S2 for each thing preferred', { prefers: ['oxygen', 'telemetry'] }, 'm1a', { S2: 40 }],
    ['S2 for what the room lacks alone', { prefers: ['oxygen', 'telemetry'] }, 'm5b', { S2: 20 }],
    ['S3 for a room larger than preferred', { roomSize: 1 }, 'm1a', { S3: 8 }],
    ['S5 for another zone as for two floors', { attendingWard: 'icu' }, 'm1a', { S5: 10 }],
    ['S6 for another ward than last time', { previousWard: 'icu' }, 'm1a', { S6: 5 }],
  ])('%s', (_, request, bed, costs) => {
    expect(costsOf(judged(problemOf(request), bed))).toEqual(costs);
  });

  it('S4 for a patient in house who is moved', () => {
    const problem = problemOf({}, [{ bed: 'm1a' }]);
    expect(judge(problem, [], { person: 1, bed: 2, start: 0 })).toMatchObject({ violations: [], costs: { S4: 110 } });
  });

  it('S7 for the hours that who lay there may still need it', () => {
    const risk = (spreadHours: number, start: number): number =>
      judged(problemOf({}, [{ spreadHours }]), 'm1a', start).costs.S7;
    // At the expected hour the logistic leaving is late by spread × √3 / π × ln 2 in the mean.
    expect(risk(6, 11)).toBeCloseTo(((6 * Math.sqrt(3)) / Math.PI) * Math.LN2, 9);
    expect(risk(0, 11)).toBe(0);
    expect(risk(6, 20)).toBeLessThan(risk(6, 11));
    expect(risk(6, 60)).toBeLessThan(0.001);
  });

  it('S8 for minutes of boarding above the target, more for the urgent', () => {
    const waited = { waitingSince: '2026-03-02T03:00:00Z', targetMinutes: 240 };
    expect(judged(problemOf(waited), 'm1a').costs.S8).toBe(6);
    expect(judged(problemOf({ ...waited, kind: 'ed-urgent' }), 'm1a', 1).costs.S8).toBe(24);
    expect(judged(problemOf({ ...waited, kind: 'elective' }), 'm1a').costs.S8).toBe(0);
  });

  it('S9 for the days that an elective patient waits', () => {
    const elective = { kind: 'elective', readyAt: '2026-03-02T20:00:00Z' } as const;
    expect(judged(problemOf(elective), 'm1a', 36).costs.S9).toBe(2);
    expect(judged(problemOf({ ...elective, kind: 'transfer' }), 'm1a', 36).costs.S9).toBe(0);
  });

  it('S10 where a planned patient takes a bed that the ward keeps for emergencies', () => {
    const keeps = (emergencyBeds: number, kind: Request['kind']): number =>
      judged(problemOf({ kind }, [{ bed: 'm1a' }], withWard({ emergencyBeds })), 'm1b').costs.S10;
    expect([keeps(6, 'elective'), keeps(7, 'elective'), keeps(7, 'ed')]).toEqual([0, 15, 0]);
  });

  it('S11 for who is infectious in the next room, be it said of this room or of that one', () => {
    const infectious = { isolation: 'contact', organism: 'MRSA' } as const;
    expect(judged(problemOf({ immunocompromised: true }, [{ bed: 'm2a', ...infectious }]), 'm1a').costs.S11).toBe(10);
    expect(judged(problemOf(infectious, [{ bed: 'm1a', immunocompromised: true }]), 'm2a').costs.S11).toBe(10);
    expect(judged(problemOf({}, [{ bed: 'm2a', ...infectious }]), 'm1a').costs.S11).toBe(0);
  });

  it('are the hospital’s to weigh', () => {
    const change = { weights: { outlier: 7 } };
    expect(judged(problemOf({ specialty: 'neurology' }, [], change), 'm1a').total).toBe(7);
  });
});

describe('a plan', () => {
  it('is judged as a whole: who breaks what by it, what it costs, who has no bed', () => {
    const problem = problemOf({}, [{ bed: 'm1a', sex: 'female' }], {
      requests: [smallRequest({ id: 'a' }), smallRequest({ id: 'b', roomSize: 1 }), smallRequest({ id: 'c' })],
    });
    const verdict = judgePlan(problem, [
      { person: 0, bed: 1, start: 0 },
      { person: 1, bed: 6, start: 0 },
    ]);
    expect(verdict.placements.map(rulesOf)).toEqual([['H3 other-sex'], []]);
    expect(verdict.inHouse).toEqual([{ person: 3, violations: [{ rule: 'H3', why: 'other-sex', with: [0] }] }]);
    expect(verdict).toMatchObject({ unplaced: [2], total: 8 });
  });

  it('frees the bed of a patient who is moved', () => {
    const problem = problemOf({}, [{ bed: 'm1a', leavesAt: '2026-03-05T08:00:00Z' }]);
    const move = { person: 1, bed: 2, start: 0 };
    expect(judgePlan(problem, [move, { person: 0, bed: 0, start: 1 }]).placements.map(rulesOf)).toEqual([[], []]);
    expect(judgePlan(problem, [{ person: 0, bed: 0, start: 1 }]).placements.map(rulesOf)).toEqual([['H2 occupied']]);
  });

  it('sees that a bed is not clean, whoever of the two was there first', () => {
    const problem = problemOf({}, [], {
      requests: [smallRequest({ id: 'a', stayHours: 4 }), smallRequest({ id: 'b' })],
    });
    const later = { person: 1, bed: 0, start: 4.5 };
    expect(rulesOf(judge(problem, [later], { person: 0, bed: 0, start: 0 }))).toEqual(['H1 not-cleaned']);
  });

  it('ranks beds by broken rules, then by cost, then as the house lists them', () => {
    const ranked = rankBeds(problemOf({ prefers: ['telemetry'] }), [], { person: 0, from: 0 });
    const ids = smallWard().beds.map(({ id }) => id);
    expect(ranked.slice(0, 4).map(({ placement }) => ids[placement.bed])).toEqual(['m5a', 'm1a', 'm1b', 'm2a']);
    expect(ranked.at(-1)?.violations.length).toBeGreaterThan(0);
  });

  it('ranks a bed at the hour at which it is free and clean, between the stays that are planned there', () => {
    const change = {
      ...withBed('m3a', { state: 'closed' }),
      requests: [smallRequest({ stayHours: 5 }), smallRequest({ id: 'later' })],
    };
    const problem = problemOf({}, [{ bed: 'm1a' }], change);
    const startIn = (bed: number, start: number): readonly [number, string[]] => {
      const verdict = rankBeds(problem, [{ person: 1, bed: 0, start }], { person: 0, from: 0 }).find(
        ({ placement }) => placement.bed === bed,
      );
      return [verdict?.placement.start ?? -1, verdict === undefined ? [] : rulesOf(verdict)];
    };
    // The patient leaves at 10, and cleaning takes an hour before and after the five.
    expect(startIn(0, 17)).toEqual([11, []]);
    expect(startIn(0, 16)).toEqual([65, []]);
    expect(startIn(1, 16)).toEqual([0, []]);
    expect(startIn(3, 16)).toEqual([0, ['H1 closed']]);
  });
});

describe('a house', () => {
  const failureOf = (change: Partial<WardInput>): unknown => {
    const outcome = readWard(JSON.stringify(smallWard(change)));
    return 'failure' in outcome ? outcome.failure : 'read';
  };

  it.each<[string, Partial<WardInput>, string, string]>([
    [
      'a patient in a bed that is clean',
      { patients: [smallPatient({})] },
      'beds[0].state',
      'a patient lies in m1a, which is clean',
    ],
    ['an occupied bed without a patient', withBed('m1b', { state: 'occupied' }), 'beds[1].state', 'nobody lies in m1b'],
    [
      'two in one bed',
      { patients: [smallPatient({}), smallPatient({ id: 'r' })] },
      'patients[1].bed',
      'a second patient in m1a',
    ],
    [
      'a reservation for nobody',
      withBed('m1a', { state: 'reserved' }),
      'beds[0].reservedFor',
      'a reserved bed without a request',
    ],
    ['an unknown room', withBed('m1a', { room: 'm9' }), 'beds[0].room', 'there is no m9'],
    ['a person twice', { patients: [smallPatient({ id: 'q' })] }, 'people[1].id', 'q for the second time'],
    [
      'an unknown ward',
      { requests: [smallRequest({ previousWard: 'x' })] },
      'requests[0].previousWard',
      'there is no x',
    ],
  ])('with %s is refused with its place', (_, change, place, reason) => {
    expect(failureOf(change)).toEqual({ place, reason });
  });

  it('names the value that its contract does not take', () => {
    expect(failureOf({ requests: [smallRequest({ stayHours: -1 })] })).toMatchObject({
      place: 'requests[0].stayHours',
    });
    expect(failureOf({ note: 'x' } as Partial<WardInput>)).toMatchObject({ place: 'file' });
  });
});
