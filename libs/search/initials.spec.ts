import { initialsOf, matchText, spellingOf, type TextKind } from './initials';
import { matchSpelling, normaliseTerm, rankOf } from './matching';

const match = (query: string, text: string, kind: TextKind = 'name') => matchSpelling(query, spellingOf(text, kind));
const by = (query: string, text: string, kind?: TextKind) => match(query, text, kind)?.by ?? null;

describe('pinyin search', () => {
  it.each([
    ['单雄信', 'sxx'],
    ['曾国藩', 'zgf'],
    ['仇英', 'qy'],
    ['解缙', 'xj'],
    ['尉迟恭', 'ycg'],
    ['欧阳修', 'oyx'],
    ['乐嘉', 'yj'],
    ['Anna Müller', 'am'],
    ['发热3天', 'fr3t'],
    ['阿卜杜拉·买买提', 'abdlmmt'],
  ])('takes %s for %s', (name, initials) => {
    expect(initialsOf(name, 'name')).toBe(initials);
    expect(match(initials, name)).not.toBeNull();
  });

  it('reads surnames as surnames and words as words', () => {
    expect(initialsOf('单纯腹痛', 'words')).toBe('dcft');
    expect(by('shanxx', '单雄信')).toBe('pinyin');
    expect(by('zhai', '翟志刚')).toBe('pinyin');
    expect(by('chongqing', '重庆', 'words')).toBe('pinyin');
  });

  it('finds by what is written, by initials and by pinyin, whole or begun', () => {
    expect(by('三丰', '张三丰')).toBe('text');
    expect(by('zsf', '张三丰')).toBe('initials');
    expect(by('zhsf', '张三丰')).toBe('initials');
    expect(by('zhangsanfeng', '张三丰')).toBe('pinyin');
    expect(by('Zhang San', '张三丰')).toBe('pinyin');
    expect(by('zhāng sān', '张三丰')).toBe('pinyin');
    expect(by('zhangsf', '张三丰')).toBe('pinyin');
    expect(by('zhangsanfe', '张三丰')).toBe('pinyin');
    expect(by("xi'an", '西安', 'words')).toBe('pinyin');
  });

  it('finds by characters and letters mixed, full width too', () => {
    expect(by('张s', '张三丰')).toBe('initials');
    expect(by('张sanf', '张三丰')).toBe('pinyin');
    expect(by('z三f', '张三丰')).toBe('initials');
    expect(by('ZSF', '张三丰')).toBe('initials');
    expect(by('ct示', '头颅CT示出血', 'words')).toBe('text');
    expect(by('tlct', '头颅CT示出血', 'words')).toBe('initials');
    expect(by('38.5', '发热38.5度', 'words')).toBe('text');
    expect(by('fr38', '发热38.5度', 'words')).toBe('initials');
  });

  it.each(['lv', 'lu', 'lyu', 'lü', 'lvb', 'lb'])('finds 吕布 by %s', (query) => {
    expect(by(query, '吕布')).not.toBeNull();
  });

  it('finds neither other orders nor other letters, nor anything by nothing', () => {
    for (const query of [
      'fsz',
      'zf',
      'zsx',
      'ls',
      '张四',
      'zhangx',
      'sanzhang',
      '',
      ' ',
      '·',
      '*',
      'zsfx',
      '三张',
      '3',
    ])
      expect([query, match(query, '张三丰')]).toEqual([query, null]);
    expect(match('zs', '')).toBeNull();
    expect(match('5', '发热3天', 'words')).toBeNull();
  });

  it('leaves characters that have no reading findable as they are', () => {
    expect(by('𠮷野', '𠮷野家')).toBe('text');
    expect(by('𠮷y', '𠮷野家')).toBe('initials');
    expect(by('ئاب', 'ئابدۇللا')).toBe('text');
  });

  it('ranks what is written first, and beginnings before middles', () => {
    const ranks = [match('张三', '张三丰'), match('三丰', '张三丰'), match('zs', '张三丰'), match('sf', '张三丰')];
    const sorted = ranks.map((one) => rankOf(one!));
    expect(sorted).toEqual([...new Set(sorted)].toSorted((a, b) => a - b));
    expect(rankOf(match('zhang', '张三丰')!)).toBeGreaterThan(rankOf(match('zs', '张三丰')!));
  });

  it('says of a text at once what it says of a prepared one', () => {
    for (const query of ['张s', 'zsf', '三丰', '四', '', '3', 'ＺＳ'])
      expect([query, matchText(query, '张三丰', 'name')]).toEqual([query, match(query, '张三丰')]);
  });

  it('brings what is typed into one form', () => {
    expect(normaliseTerm(' ZHĀNG\u200B  San·Ｆ１ ')).toBe('zhangsanf1');
    expect(normaliseTerm(normaliseTerm('Ｌü 3-4'))).toBe(normaliseTerm('Ｌü 3-4'));
  });

  it('takes no longer for texts made to tire it', () => {
    expect(match(`${'a'.repeat(59)}!`, '阿'.repeat(2000))?.by).toBe('initials');
    expect(match(`${'ang'.repeat(19)}x`, '昂'.repeat(2000))).toBeNull();
  });
});
