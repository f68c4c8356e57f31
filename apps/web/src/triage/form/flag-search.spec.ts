import { vocabulary } from '#libs/triage-desk/vocabulary';
import { flagsFor } from './flag-search';

const ids = (typed: string, ticked: readonly string[] = []): string[] => flagsFor(typed, ticked).map(({ id }) => id);

describe('the list of flags and indicators', () => {
  it('is found by Chinese, by English and by the id', () => {
    expect(ids('卒中')).toEqual(['stroke']);
    expect(ids('STROKE')).toEqual(['stroke']);
    expect(ids('torsion')).toEqual(['suspected-torsion']);
    expect(ids('妊娠')).toEqual(['suspected-ectopic-pregnancy', 'pregnant']);
  });

  it('is found by initials and pinyin, after what is written so', () => {
    const spelled = vocabulary().flags;
    const found = (typed: string) => flagsFor(typed, [], spelled).map(({ id }) => id);
    expect(found('rs').slice(0, 2)).toEqual(['pregnant', 'suspected-ectopic-pregnancy']);
    // As it stands in "others": never before what is read so, as Enter takes the first.
    expect(found('rs').at(-1)).not.toBe('pregnant');
    expect(found('renshen')).toEqual(expect.arrayContaining(['pregnant', 'suspected-ectopic-pregnancy']));
    expect(found('stroke')[0]).toBe('stroke');
    expect(found('')).toHaveLength(ids('').length);
  });

  it('shows the most urgent first, and nothing that is ticked', () => {
    expect(ids('')[0]).toBe('cardiac-arrest');
    expect(ids('', ['cardiac-arrest'])).not.toContain('cardiac-arrest');
    expect(ids('卒中', ['stroke'])).toEqual([]);
  });
});
