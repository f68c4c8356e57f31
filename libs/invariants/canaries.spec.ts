import fc from 'fast-check';
import { formsOf } from './canaries';

describe('the forms of a canary', () => {
  it('hold the text itself, however short a name is', () => {
    expect(formsOf('李明')).toContain('李明');
    expect(formsOf('a"b\\c\n')).toContain('a\\"b\\\\c\\n');
    expect(formsOf('李明')).toContain('\\u674e\\u660e');
  });

  it('find the text in base64 wherever it begins in the bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 3, maxLength: 12, unit: 'grapheme' }),
        fc.nat(9),
        fc.nat(9),
        (text, before, after) => {
          fc.pre(Buffer.byteLength(text) >= 6);
          const whole = Buffer.concat([Buffer.alloc(before, 65), Buffer.from(text), Buffer.alloc(after, 66)]);
          const base64 = whole.toString('base64');
          expect(formsOf(text).some((form) => form !== text && base64.includes(form))).toBe(true);
        },
      ),
    );
  });

  it('are refused where chance would find them', () => {
    expect(() => formsOf('')).toThrow(RangeError);
    expect(() => formsOf('王')).toThrow(RangeError);
    expect(() => formsOf('abc')).toThrow(RangeError);
  });
});
