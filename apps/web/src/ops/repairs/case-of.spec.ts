import { caseOf } from './case-of';

const id = '018f2b5c-0000-7000-8000-000000000001';

describe('the case an entry is about', () => {
  it('stands behind the process', () => {
    expect(caseOf(`triage:${id}`)).toBe(id);
  });

  it('is none where the entry is of something else', () => {
    expect(['foreign', 'triage:', `triage:${id}:2`, `triage:../${id}`].map(caseOf)).toEqual([null, null, null, null]);
  });
});
