import { valueOf } from '../../../test/support/solver/shared-beds';
import { firstPasPlan } from './first-plan';
import { tablesOf } from './pas.tables';
import { type PasTerm, scorePas } from './pas.validator';
import { readPas } from './read-pas';
import { smallPas } from '../../../test/support/solver/small-pas';

const problem = valueOf(readPas(smallPas));
const [ann, bea, cleo, dan, eveFirst, eveSecond] = [0, 1, 2, 3, 4, 5] as const;

/** A plan by bed ids, everybody else without a bed. */
const planOf = (beds: Partial<Record<number, string>>): Int32Array =>
  Int32Array.from({ length: 6 }, (_, part) => problem.beds.ids.indexOf(beds[part] ?? ''));

const termsOf = (beds: Partial<Record<number, string>>): Partial<Record<PasTerm, number>> => {
  const { terms } = scorePas(problem, planOf(beds));
  return Object.fromEntries(Object.entries(terms).filter(([term, cost]) => cost > 0 && term !== 'unassigned'));
};

describe('PAS validator', () => {
  it('counts the nights of parts without a bed and nothing else of them', () => {
    expect(scorePas(problem, planOf({}))).toMatchObject({
      hard: 0,
      medium: 2 + 3 + 4 + 2 + 2 + 1,
      soft: 0,
      breaks: [],
    });
  });

  it('charges 1000 for each night that two share a bed', () => {
    expect(termsOf({ [ann]: '1', [cleo]: '1' })).toMatchObject({ sharedBed: 2000 });
    expect(scorePas(problem, planOf({ [ann]: '1', [cleo]: '1' })).breaks).toEqual([
      { rule: 'sharedBed', part: ann, other: cleo, count: 2 },
    ]);
  });

  it('charges 1000 for each night of a man and a woman in a room of one gender at a time, not in a room for any', () => {
    expect(termsOf({ [ann]: '1', [dan]: '2' })).toEqual({ mixedRoom: 1000, roomTooLarge: 16 });
    expect(termsOf({ [eveFirst]: '5', [dan]: '6' })).not.toHaveProperty('mixedRoom');
  });

  it('charges 50 a night for a man in a room for women and the other way round', () => {
    expect(termsOf({ [dan]: '3' })).toEqual({ genderOfRoom: 100 });
    expect(termsOf({ [ann]: '4' })).toEqual({ genderOfRoom: 100 });
  });

  it('charges 100 a night below and above the ages of a department', () => {
    expect(termsOf({ [eveFirst]: '3' })).toEqual({ tooYoung: 200 });
    expect(termsOf({ [cleo]: '5' })).toEqual({ tooOld: 400 });
  });

  it('charges 50 a night for what a patient needs, 20 for what is only preferred', () => {
    expect(termsOf({ [bea]: '1' })).toEqual({ missingPreference: 60 });
    expect(termsOf({ [bea]: '7' })).toMatchObject({ missingProperty: 150, missingPreference: 60 });
  });

  it('charges 8 a night for a room larger than preferred, none for one of that size', () => {
    expect(termsOf({ [ann]: '1' })).toEqual({ roomTooLarge: 16 });
    expect(termsOf({ [dan]: '1' })).toEqual({});
  });

  it('charges 10 where the department lacks the specialism, 20 where the room lacks it, 10 for a step of priority', () => {
    expect(termsOf({ [cleo]: '3' })).toEqual({ departmentSpecialism: 40, roomSpecialism: 80 });
    expect(termsOf({ [ann]: '7' })).toEqual({ roomSpecialism: 40 });
    // Room 1 has surgery, with priority 3 before specialism 2.
    expect(termsOf({ [cleo]: '1' })).toEqual({ departmentSpecialism: 40, roomSpecialism: 80 });
    expect(termsOf({ [eveSecond]: '5' })).toEqual({});
  });

  it('agrees with the tables of the search about every part in every room', () => {
    const { allowed, cost } = tablesOf(problem);
    for (let part = 0; part < 6; part++)
      for (const [bed, room] of problem.beds.room.entries()) {
        const { hard, soft } = scorePas(problem, planOf({ [part]: problem.beds.ids[bed] }));
        expect([hard === 0, soft]).toEqual([allowed[part * 5 + room] === 1, cost[part * 5 + room]]);
      }
  });

  it('finds no broken rule in the first plan', () => {
    const plan = firstPasPlan(problem);
    expect(scorePas(problem, plan)).toMatchObject({ hard: 0, breaks: [] });
    expect(plan[ann]).toBe(2);
  });
});
