import { progressOf } from './temporal-build';

describe('the progress of a build', () => {
  it('counts what was fetched and what was compiled', () => {
    const output = 'go: downloading a v1\ngo: downloading b v1\ngo: finding c\ninternal/race\nerrors\nio\n';
    expect(progressOf(output)).toContain('2 modules fetched, 3 of about');
  });

  it('starts at nothing', () => {
    expect(progressOf('')).toContain('0 modules fetched, 0 of about');
  });
});
