import { type Session } from '../../api/types';
import { deskHere, desksOf } from './wards';

type Grant = Session['grants'][number];

const wards = ['CPC', 'EDTR', 'ICU'].map((code) => ({ id: code, code, name: code }));
const person = (...grants: (readonly [Grant['role'], string | null])[]) => ({
  wards,
  grants: grants.map(([role, wardId]) => ({ role, wardId }) as Grant),
});

describe('The desk of a PC', () => {
  it('is one at which the person may register', () => {
    const { grants } = person(['triage_nurse', 'EDTR'], ['ward_nurse', 'ICU']);
    expect(desksOf({ wards, grants }).map(({ id }) => id)).toEqual(['EDTR']);
    expect(desksOf(person(['physician', null]))).toHaveLength(3);
  });

  it('is never guessed among several, least of all the first by its code', () => {
    expect(deskHere(person(['triage_nurse', 'CPC'], ['triage_nurse', 'EDTR']), null)).toBe('');
  });

  it('is the only one, or the one this PC was last used at', () => {
    expect(deskHere(person(['triage_nurse', 'EDTR']), null)).toBe('EDTR');
    expect(deskHere(person(['physician', null]), 'EDTR')).toBe('EDTR');
  });

  it('is asked for where the one before works elsewhere', () => {
    expect(deskHere(person(['triage_nurse', 'CPC'], ['triage_nurse', 'EDTR']), 'ICU')).toBe('');
  });
});
