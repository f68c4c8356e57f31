import fc from 'fast-check';
import { normaliseIdentifier, normalisePhone, normaliseWords } from './normalise';

describe('normaliseIdentifier', () => {
  it.each([
    [' 110101 19900307 001x ', '11010119900307001X'],
    ['１１０１０１１９９００３０７００１Ｘ', '11010119900307001X'],
    ['ZY-2026\u2013001', 'ZY2026001'],
    ['ab\u200b12\ufeff', 'AB12'],
  ])('brings %j into one form', (text, expected) => {
    expect(normaliseIdentifier(text)).toBe(expected);
  });
});

describe('normaliseWords', () => {
  it.each([
    ['  Zhang\u3000 SAN ', 'zhang san'],
    ['张\u200b三', '张三'],
    ['ＡＢＣ', 'abc'],
  ])('brings %j into one form', (text, expected) => {
    expect(normaliseWords(text)).toBe(expected);
  });
});

describe('normalisePhone', () => {
  it.each([
    ['+86 138-0013-8000', '13800138000'],
    ['0086 13800138000', '13800138000'],
    ['（010）８８８８ ８８８８', '01088888888'],
    ['8613800138000', '13800138000'],
    ['86138001', '86138001'],
  ])('brings %j into one form', (text, expected) => {
    expect(normalisePhone(text)).toBe(expected);
  });
});

describe('every normalisation', () => {
  it('is the same when done twice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        for (const normalise of [normaliseIdentifier, normalisePhone, normaliseWords]) {
          expect(normalise(normalise(text))).toBe(normalise(text));
        }
      }),
    );
  });
});
