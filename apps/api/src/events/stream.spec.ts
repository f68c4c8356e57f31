import fc from 'fast-check';
import { type Principal } from '#libs/auth/principal';
import { canResume, eventText, mayHear, textFor } from './stream';

const person = (wardIds: readonly (string | null)[], organisationId = 'o1'): Principal => ({
  kind: 'user',
  id: 'u',
  name: 'n',
  organisationId,
  sessionId: 's',
  grants: wardIds.map((wardId) => ({ role: 'triage_nurse', wardId })),
});
const change = { seq: 1, organisationId: 'o1', topic: 'review', entityId: 'e' };

describe('mayHear', () => {
  it('lets nobody hear of another hospital', () => {
    expect(mayHear(person([null], 'o2'), { ...change, wardId: null })).toBe(false);
    expect(mayHear(person(['w1'], 'o2'), { ...change, wardId: 'w1' })).toBe(false);
  });

  it('tells of a ward only those who reach it, of no ward everybody', () => {
    expect(mayHear(person(['w1']), { ...change, wardId: 'w1' })).toBe(true);
    expect(mayHear(person(['w1']), { ...change, wardId: 'w2' })).toBe(false);
    expect(mayHear(person([]), { ...change, wardId: 'w1' })).toBe(false);
    expect(mayHear(person([null]), { ...change, wardId: 'w2' })).toBe(true);
    expect(mayHear(person([]), { ...change, wardId: null })).toBe(true);
  });
});

describe('the text of changes', () => {
  const at = (seq: number, wardId: string) => ({ ...change, seq, wardId });
  const said = (seq: number): string => eventText('change', { topic: 'review', id: 'e' }, seq);
  const entries = [at(5, 'w1'), at(6, 'w2'), at(7, 'w1')];

  it('is what the reader may hear, in order, in one go', () => {
    expect(textFor(person(['w1']), entries, 4)).toBe(said(5) + said(7));
    expect(textFor(person(['w2']), entries, 4)).toBe(said(6));
    expect(textFor(person(['w1'], 'o2'), entries, 4)).toBe('');
  });

  it('tells nothing twice', () => {
    expect(textFor(person(['w1']), entries, 5)).toBe(said(7));
    expect(textFor(person(['w1']), entries, 7)).toBe('');
  });

  it('follows the wards of whoever the session is now', () => {
    const before = person(['w1']);
    expect(textFor(before, entries, 6)).toBe(said(7));
    expect(textFor({ ...before, grants: [] } as Principal, entries, 6)).toBe('');
  });
});

describe('canResume', () => {
  it('resumes exactly where every later entry is kept', () => {
    expect(canResume(10, { oldest: 5, newest: 10 })).toBe(true);
    expect(canResume(4, { oldest: 5, newest: 10 })).toBe(true);
    expect(canResume(3, { oldest: 5, newest: 10 })).toBe(false);
    expect(canResume(11, { oldest: 5, newest: 10 })).toBe(false);
    expect(canResume(0, { oldest: 0, newest: 0 })).toBe(true);
    expect(canResume(7, { oldest: 0, newest: 9 })).toBe(false);
    expect(canResume(Number.NaN, { oldest: 1, newest: 9 })).toBe(false);
    expect(canResume(1, { oldest: 1, newest: 5002 })).toBe(false);
  });

  it('never resumes over a gap', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.nat(100), fc.nat(100), (last, oldest, newest) => {
        fc.pre(oldest <= newest);
        if (canResume(last, { oldest, newest })) expect(last >= oldest - 1 && last <= newest).toBe(true);
      }),
    );
  });
});

describe('eventText', () => {
  it('cannot be broken out of by what it carries', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const lines = eventText('change', { id: text }, 3).split('\n');
        expect(lines).toHaveLength(5);
        expect(lines.slice(0, 2)).toEqual(['id: 3', 'event: change']);
      }),
    );
  });
});
