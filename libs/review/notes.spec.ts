import fc from 'fast-check';
import { answersOf, type NoteOnDraft } from './notes';

const note = (id: number, field: string | null = null, onVersion = 1): NoteOnDraft => ({ id, field, onVersion });
const before = { version: 1, answers: [] };

describe('answersOf', () => {
  it.each([
    ['declared and changed', { addressed: [1], notAddressed: [] }, ['dose'], 'addressed'],
    ['declared, but another field changed', { addressed: [1], notAddressed: [] }, ['text'], 'claimed-unchanged'],
    ['declared as not addressed', { addressed: [], notAddressed: [1] }, ['dose'], 'not-addressed'],
    ['not mentioned', { addressed: [2], notAddressed: [3] }, ['dose'], 'not-declared'],
    ['mentioned both ways', { addressed: [1], notAddressed: [1] }, ['dose'], 'not-declared'],
  ])('says of a note that is %s: so', (_, declared, changed, outcome) => {
    const { notes } = answersOf({ declared, notes: [note(1, 'dose')], differing: () => changed, before });
    expect(notes).toEqual([{ id: 1, outcome, changed: changed.includes('dose') }]);
  });

  it('compares each note with the version it was written on', () => {
    const differing = (version: number) => (version === 1 ? ['dose'] : ['text']);
    const declared = { addressed: [1, 2], notAddressed: [] };
    const { notes } = answersOf({ declared, notes: [note(1, 'dose', 1), note(2, 'dose', 2)], differing, before });
    expect(notes.map(({ outcome }) => outcome)).toEqual(['addressed', 'claimed-unchanged']);
  });

  it('calls no change collateral that a note asks for which was not addressed before, or that is about the whole', () => {
    const declared = { addressed: [], notAddressed: [] };
    const given = { declared, differing: () => ['dose', 'text'] };
    expect(answersOf({ ...given, notes: [note(1, 'dose')], before }).collateral).toEqual(['text']);
    expect(answersOf({ ...given, notes: [note(1)], before }).collateral).toEqual([]);
    const settled = { version: 1, answers: [{ id: 1, outcome: 'addressed' as const, changed: true }] };
    expect(answersOf({ ...given, notes: [note(1), note(2, 'text')], before: settled }).collateral).toEqual(['dose']);
  });

  it('has an outcome for every note given and for no other, and nothing collateral in a first version', () => {
    const ids = fc.array(fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(ids, ids, fc.uniqueArray(fc.integer({ min: 1, max: 9 })), (addressed, notAddressed, given) => {
        const notes = given.map((id) => note(id));
        const declared = { addressed, notAddressed };
        const answers = answersOf({ declared, notes, differing: () => ['dose'], before: null });
        expect(answers.notes.map(({ id }) => id)).toEqual(given);
        expect(answers.collateral).toEqual([]);
      }),
    );
  });
});
