import { vocabulary } from '#libs/triage-desk/vocabulary';
import { complaintsFor, withComplaint } from './complaint-words';

const found = (text: string): string[] => complaintsFor(text, vocabulary().complaints).map(({ zh }) => zh);

describe('The words of a complaint', () => {
  it('are found by the letters at the end of what is typed', () => {
    expect(found('xt')).toContain('胸痛');
    expect(found('昨晚起hxkn')).toContain('呼吸困难');
    expect(found('XT')).toContain('胸痛');
  });

  it('are not looked for in Chinese, nor behind it', () => {
    expect(found('')).toEqual([]);
    expect(found('胸痛')).toEqual([]);
    expect(found('xt 两小时')).toEqual([]);
  });

  it('take the place of the letters and of nothing else', () => {
    expect(withComplaint('昨晚起xt', '胸痛')).toBe('昨晚起胸痛');
    expect(withComplaint('BP 高，tt', '头痛')).toBe('BP 高，头痛');
  });
});
