import { createNarrator, verdictOf } from './narrator';

describe('the narrator', () => {
  const told = (): { lines: string[]; narrator: ReturnType<typeof createNarrator> } => {
    const lines: string[] = [];
    return { lines, narrator: createNarrator((line) => void lines.push(line)) };
  };

  it('numbers the chapters and tells each sentence in Chinese, then in English', () => {
    const { lines, narrator } = told();
    narrator.chapter({ zh: '一', en: 'one' });
    narrator.say({ zh: '甲', en: 'a' });
    narrator.chapter({ zh: '二', en: 'two' });
    narrator.line('x');
    expect(lines).toEqual(['', '1. 一 · one', '  ·  甲', '     a', '', '2. 二 · two', '     x']);
  });

  it('remembers what did not hold, and only that', () => {
    const { lines, narrator } = told();
    narrator.holds(true, { zh: '好', en: 'good' });
    narrator.holds(false, { zh: '坏', en: 'bad' });
    narrator.say({ zh: '话', en: 'word' });
    expect(narrator.broken).toEqual(['bad']);
    expect(lines.filter((line) => line.includes('✗'))).toEqual(['  ✗  坏']);
  });
});

describe('the verdict', () => {
  it('is 0 only when everything held', () => {
    expect(verdictOf({ broken: [] })).toEqual({ lines: ['', expect.stringContaining('everything held')], exitCode: 0 });
    const { lines, exitCode } = verdictOf({ broken: ['the one', 'the other'] });
    expect(exitCode).toBe(1);
    expect(lines.slice(-2)).toEqual(['  ✗ the one', '  ✗ the other']);
  });
});
