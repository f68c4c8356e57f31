import { repetitionsOf } from './fields';
import { treeOf } from './message';
import { personNameOf } from './person-name';
import { standardSeparators } from './separators';

const nameIn = (raw: string): ReturnType<typeof personNameOf> => {
  const segment = treeOf([`PID|${raw}`], standardSeparators).getSegment('PID');
  return personNameOf(repetitionsOf(segment, 1, { separators: standardSeparators, charset: 'utf-8' }));
};

describe('person name', () => {
  it.each([
    ['张^三', { full: '张三', family: '张', given: '三' }],
    ['张三', { full: '张三' }],
    ['^张三', { full: '张三' }],
    ['欧阳^娜娜', { full: '欧阳娜娜', family: '欧阳', given: '娜娜' }],
    ['张', { full: '张', family: '张' }],
    ['阿依古丽·买买提', { full: '阿依古丽·买买提' }],
    ['Lovelace^Ada^King', { full: 'Ada King Lovelace', family: 'Lovelace', given: 'Ada' }],
    ['Lovelace', { full: 'Lovelace', family: 'Lovelace' }],
    ['Own&&&&Partner^Ada', { full: 'Ada Own', family: 'Own', given: 'Ada' }],
  ])('%s', (raw, expected) => {
    expect(nameIn(raw)).toEqual(expected);
  });

  it('prefers Chinese characters and keeps the letters beside them, in any order', () => {
    const expected = { full: '张三', family: '张', given: '三', alphabetic: 'SAN ZHANG' };
    expect(nameIn('张^三^^^^^L^I~ZHANG^SAN^^^^^L^A')).toEqual(expected);
    expect(nameIn('ZHANG^SAN^^^^^L^A~张^三^^^^^L^I')).toEqual(expected);
  });

  it('prefers the legal name, else the first', () => {
    expect(nameIn('Nick^Old^^^^^A~Doe^Jane^^^^^L')?.full).toBe('Jane Doe');
    expect(nameIn('One^A^^^^^N~Two^B^^^^^N')?.full).toBe('A One');
    expect(nameIn('^^^^^^L~Two^B^^^^^N')?.full).toBe('B Two');
  });

  it('is none where no text is sent, such as for an unknown person', () => {
    expect(nameIn('^^^^^^U')).toBeUndefined();
    expect(nameIn('""^""')).toBeUndefined();
  });
});
