import fc from 'fast-check';
import { decodeEscapes, encodeEscapes, type Encoding, rewriteField } from './escapes';
import { standardSeparators } from './separators';

const utf8: Encoding = { separators: standardSeparators, charset: 'utf-8' };
const gb18030: Encoding = { separators: standardSeparators, charset: 'gb18030' };

describe('escape sequences', () => {
  it.each([
    ['a\\F\\b', 'a|b'],
    ['a\\S\\b', 'a^b'],
    ['a\\T\\b', 'a&b'],
    ['a\\R\\b', 'a~b'],
    ['a\\E\\b', 'a\\b'],
    ['\\X41\\', 'A'],
    ['\\X0D0A\\', '\r\n'],
    ['\\E\\F\\E\\', '\\F\\'],
    ['\\F\\\\S\\', '|^'],
  ])('%s means %j', (written, meant) => {
    expect(decodeEscapes(written, utf8)).toBe(meant);
  });

  it.each(['\\.br\\', '\\H\\bold\\N\\', '\\Zxy\\', '\\X4\\', '\\XGG\\', '\\X\\', 'C:\\', '\\F', '\\', '\\\\'])(
    'keeps %s, which it does not know',
    (written) => {
      expect(decodeEscapes(written, utf8)).toBe(written);
    },
  );

  it('reads hex bytes in the character set of the message, also when a character is split over sequences', () => {
    expect(decodeEscapes('\\XE5BCA0\\三', utf8)).toBe('张三');
    expect(decodeEscapes('\\XE5\\\\XBCA0\\三', utf8)).toBe('张三');
    expect(decodeEscapes('\\XD5C5\\三', gb18030)).toBe('张三');
  });

  it('keeps hex bytes that are no text, and NUL', () => {
    expect(decodeEscapes('\\XE5\\', utf8)).toBe('\\XE5\\');
    expect(decodeEscapes('a\\XE5\\\\XFF\\b', utf8)).toBe('a\\XE5\\\\XFF\\b');
    expect(decodeEscapes('\\X00\\', utf8)).toBe('\\X00\\');
  });

  it('uses the marks of the message, and none where it has none', () => {
    const own = { field: '#', component: '*', repetition: '!', escape: '?', subcomponent: '%' };
    expect(decodeEscapes('a?S?b\\F\\', { separators: own, charset: 'utf-8' })).toBe('a*b\\F\\');
    expect(decodeEscapes('a\\F\\b', { separators: { field: '|', component: '^' }, charset: 'utf-8' })).toBe('a\\F\\b');
  });

  it('keeps a separator sequence whose separator the message does not have', () => {
    const separators = { field: '|', component: '^', repetition: '~', escape: '\\' };
    expect(decodeEscapes('a\\T\\b', { separators, charset: 'utf-8' })).toBe('a\\T\\b');
  });

  it('never leaves a separator or a line break in what is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(encodeEscapes(text).replace(/\\(?:[FSTRE]|X0[AD])\\/g, '')).not.toMatch(/[|^&~\\\r\n]/);
      }),
    );
  });

  it('reads back what it wrote', () => {
    const noNul = fc.string({
      unit: fc.oneof(fc.constantFrom(...Array.from('|^&~\\FSTREX0D\r\n')), fc.constantFrom('张', 'é')),
    });
    fc.assert(
      fc.property(noNul, (text) => {
        expect(decodeEscapes(encodeEscapes(text), utf8)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('writes a field anew with other separators', () => {
    const own = { field: '#', component: '*', repetition: '!', escape: '?', subcomponent: '%' };
    expect(rewriteField('a*b%c!d?S?e|', { separators: own, charset: 'utf-8' }, standardSeparators)).toBe(
      'a^b&c~d*e\\F\\',
    );
  });
});
