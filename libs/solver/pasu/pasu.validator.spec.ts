import { valueOf } from '../../../test/support/solver/shared-beds';
import { smallPasu } from '../../../test/support/solver/small-pasu';
import { firstPasuPlan } from './first-plan';
import { readPasuPlan, writePasuPlan } from './pasu-plan.xml';
import { type PasuScore, type PasuTerm, scorePasu } from './pasu.validator';
import { readPasu } from './read-pasu';

const house = { Ann: '11....', Bob: '2.....', Cid: '.22...', Dee: '33....' };
type Stays = Partial<Record<keyof typeof house, string>>;

/** A row for each patient: the number of the room on each of the six days. */
const planOf = (stays: Stays): Int32Array =>
  Int32Array.from(Object.values({ ...house, ...stays }).join(''), (room) => (room === '.' ? -1 : Number(room) - 1));
const scoreOf = (stays: Stays, text = smallPasu): PasuScore => scorePasu(valueOf(readPasu(text)), planOf(stays));
const rulesOf = ({ breaks }: PasuScore): string[] =>
  breaks.map(({ rule, where, day, count }) => `${rule}: ${where}, day ${day}, ${count}`);

/** What another plan costs more than the one of the specs. */
const dearer = (stays: Stays, text = smallPasu): Partial<Record<PasuTerm, number>> => {
  const [base, other] = [scoreOf({}).terms, scoreOf(stays, text).terms];
  const differences = Object.entries(other).map(([term, cost]) => [term, cost - base[term as PasuTerm]] as const);
  return Object.fromEntries(differences.filter(([, difference]) => difference !== 0));
};

describe('PASU validator', () => {
  it('costs the plan of the specs as by hand', () => {
    expect(scoreOf({})).toMatchObject({
      violations: 0,
      breaks: [],
      cost: 40 + 20 + 60 + 270,
      terms: {
        // Ann has no tv for two nights, in a room for two where she would like one.
        preferredProperty: 2 * 20,
        roomTooLarge: 2 * 10,
        // Bob's night and Cid's two are in a department that treats surgery beside other things.
        auxiliarySpecialism: 3 * 20,
        genderOfRoom: 0,
        mixedRoom: 0,
        transfer: 0,
        delay: 0,
        overcrowdRisk: 0,
        // Bob is 20 minutes above the slot of surgery and of the day, Cid 50 above a day without slots.
        theatreOvertime: (20 + 20 + 50) * 3,
        idleTheatre: 0,
        idleBeds: 0,
      },
    });
  });

  it('charges 50 a night for the wrong gender in a room of one', () => {
    expect(dearer({ Ann: '22....' })).toMatchObject({ genderOfRoom: 100 });
  });

  it('charges 50 for each day on which a room of one gender at a time has both', () => {
    expect(dearer({ Bob: '1.....' })).toEqual({ mixedRoom: 50 });
    expect(dearer({ Cid: '.11...' })).toEqual({ mixedRoom: 50 });
  });

  it('charges 100 for each change of room, on day 0 for who is in house already', () => {
    expect(dearer({ Cid: '.21...' })).toEqual({ transfer: 100 });
    expect(dearer({ Dee: '13....' })).toMatchObject({ transfer: 200 });
  });

  it('charges 5 for a day of delay, and 20 for a bed day that the horizon loses by it', () => {
    expect(dearer({ Ann: '.11...' })).toEqual({ delay: 5 });
    expect(dearer({ Ann: '..11..' })).toEqual({ delay: 10, idleBeds: 20 });
  });

  it('charges 1 for each patient above the capacity if yesterday’s leavers stay, of those who may', () => {
    const bobMayStay = smallPasu.replace(/(name="Bob".*variability=)"0"/, '$1"1"');
    expect(dearer({}, bobMayStay)).toEqual({ overcrowdRisk: 1 });
    expect(dearer({ Cid: '.11...' }, bobMayStay)).toEqual({ mixedRoom: 50 });
  });

  it('charges idle theatre up to what surgeries could fill, of the specialism and not of urgent patients', () => {
    const later = scoreOf({ Bob: '.2....', Cid: '.11...' });
    expect(later.terms).toMatchObject({ idleTheatre: 60 * 10, theatreOvertime: 60 * 3, delay: 5 });
    expect(rulesOf(later)).toEqual([
      'theatreOfSpecialism: theatre of Surgery, day 1, 80',
      'theatreOfDay: theatre, day 1, 70',
    ]);
  });

  it('repeats the slots after the horizon, and counts no idle time there', () => {
    const noUrgency = smallPasu.replaceAll('max_admission="2026-03-02"', 'max_admission="2026-03-06"');
    const late = scoreOf({ Bob: '...2..', Cid: '...11.' }, noUrgency);
    // Both have become planned surgeries: 130 minutes in one slot with its half hour, and 60 for the day.
    expect(rulesOf(late)).toEqual([
      'theatreOfSpecialism: theatre of Surgery, day 3, 40',
      'theatreOfDay: theatre, day 3, 10',
    ]);
    expect(late.terms).toMatchObject({ theatreOvertime: (30 + 60) * 3, idleTheatre: 600, idleBeds: 3 * 20, delay: 25 });
  });

  it.each([
    [
      'a department that does not treat the specialism',
      { Bob: '3.....' },
      smallPasu,
      ['specialism: patient Bob, room R3, day 0, 1'],
    ],
    [
      'an age outside of the department’s',
      { Ann: '33....' },
      smallPasu,
      [0, 1].map((day) => `age: patient Ann, room R3, day ${day}, 1`),
    ],
    [
      'a needed property',
      {},
      smallPasu.replace('name="oxygen" type="needed"', 'name="tv" type="needed"'),
      ['neededProperty: patient Bob, room R2, day 0, 1'],
    ],
    ['too many in a room', { Ann: '12....' }, smallPasu, ['roomOverCapacity: room R2, day 1, 1']],
    ['an admission too late', { Cid: '..22..' }, smallPasu, ['admittedLate: patient Cid, day 2, 1']],
    ['a patient without a day', { Ann: '......' }, smallPasu, ['notScheduled: patient Ann, day 0, 1']],
    [
      'an admission too early',
      { Cid: '2.2...' },
      smallPasu,
      [
        'roomOverCapacity: room R2, day 0, 1',
        'theatreOfDay: theatre, day 0, 10',
        'admittedEarly: patient Cid, day 0, 1',
        'stayBroken: patient Cid, day 0, 1',
      ],
    ],
    ['a stay with a gap', { Ann: '1.1...' }, smallPasu, ['stayBroken: patient Ann, day 0, 1']],
    ['a stay too short', { Ann: '1.....' }, smallPasu, ['stayBroken: patient Ann, day 0, 1']],
    ['who is in house and sent away', { Dee: '.33...' }, smallPasu, ['inHouseSentAway: patient Dee, day 1, 1']],
  ] as const)('names %s', (_, stays, text, rules) => {
    expect(rulesOf(scoreOf(stays, text))).toEqual(rules);
  });

  it('charges nothing for how well a night fits that must not be at all', () => {
    expect(scoreOf({ Ann: '33....' }).terms).toMatchObject({ preferredProperty: 0, roomTooLarge: 0 });
  });
});

describe('first PASU plan', () => {
  const problem = valueOf(readPasu(smallPasu));

  it('places everybody without a break', () => {
    expect(scorePasu(problem, firstPasuPlan(problem))).toMatchObject({ violations: 0 });
  });

  it('brings in on a day whom it would bring in without knowing who is registered later', () => {
    const withoutCid = valueOf(readPasu(smallPasu.replace(/<patient name="Cid"[\s\S]*?<\/patient>/, '')));
    const roomsOfDay0 = (plan: Int32Array): Int32Array => plan.filter((_, cell) => cell % 6 === 0);
    const [ann, bob, , dee] = roomsOfDay0(firstPasuPlan(problem));
    expect([...roomsOfDay0(firstPasuPlan(withoutCid))]).toEqual([ann, bob, dee]);
  });
});

describe('PASU files', () => {
  const problem = valueOf(readPasu(smallPasu));
  const score = scoreOf({});
  const text = writePasuPlan(problem, planOf({}), { score, seconds: 1.5 });
  const failureOf = (change: (file: string) => string): unknown => {
    const outcome = readPasu(change(smallPasu));
    return 'failure' in outcome ? outcome.failure : 'read';
  };

  it('hold a solution with its costs in the words of the format', () => {
    expect(valueOf(readPasuPlan(problem, text))).toEqual(planOf({}));
    expect(text).toContain('<patient name="Bob" status="discharged">\n      <stay day="2026-03-01" room="R2"/>');
    expect(text).toContain('<patient name="Cid" status="arrived">');
    expect(text).toContain('<costs objectives="390" violations="0" time="1.50">\n    <patient_room value="120">');
    expect(text).toContain('<capacity_violations value="0" room_utilization="46.67"/>');
    const delayed = writePasuPlan(problem, planOf({ Ann: '...11.' }), { score, seconds: 0 });
    expect(delayed).toContain('<patient name="Ann" status="registered" delay="3">');
  });

  it.each([
    [
      'an element that is not closed',
      (file: string) => file.replace('</rooms>', ''),
      'line 44',
      '</OrPasu_instance> where </rooms> belongs',
    ],
    [
      'a date that is none',
      (file: string) => file.replace('admission="2026-03-01"', 'admission="soon"'),
      'line 31',
      '"soon" where a date (2026-01-31) belongs',
    ],
    [
      'a date outside',
      (file: string) => file.replace('discharge="2026-03-04"', 'discharge="2026-04-04"'),
      'line 37',
      'discharge is outside of the horizon',
    ],
    [
      'an unknown treatment',
      (file: string) => file.replace('treatment="Cast"', 'treatment="Tea"'),
      'line 37',
      'there is no Tea',
    ],
    [
      'a number that is none',
      (file: string) => file.replace('capacity="1"', 'capacity="one"'),
      'line 19',
      'capacity is "one" where a whole number belongs',
    ],
    ['another file', () => '<html/>', 'line 1', '<html> where <OrPasu_instance> belongs'],
    ['no file at all', () => 'hello', 'file', 'no XML element'],
    [
      'a tag that is broken',
      (file: string) => file.replace('<rooms>', '<rooms'),
      'line 17',
      'a tag that is not well formed',
    ],
  ])('say where %s is', (_, change, place, reason) => {
    expect(failureOf(change)).toEqual({ place, reason });
  });

  it('say which stay of a solution cannot be', () => {
    expect(readPasuPlan(problem, text.replace('room="R2"', 'room="R9"'))).toMatchObject({
      failure: { reason: 'there is no R9' },
    });
    expect(readPasuPlan(problem, text.replace('name="Bob"', 'name="Ann"'))).toMatchObject({
      failure: { reason: 'Ann for the second time' },
    });
  });
});
