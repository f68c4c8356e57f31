import fc from 'fast-check';
import { charsetNamed, decodeBytes, encodeBytes, isPlainAscii } from './charset';

describe('character sets', () => {
  it.each([
    ['UNICODE UTF-8', 'utf-8'],
    ['utf8', 'utf-8'],
    ['ASCII', 'utf-8'],
    ['GB 18030-2000', 'gb18030'],
    ['gb18030', 'gb18030'],
    ['GBK', 'gb18030'],
  ])('%s is %s', (name, charset) => {
    expect(charsetNamed(name)).toBe(charset);
  });

  it.each(['8859/1', 'BIG-5', 'UNICODE UTF-16', '', '__proto__'])('%j is none that we read', (name) => {
    expect(charsetNamed(name)).toBeUndefined();
  });

  it('refuses bytes that are no text, and NUL', () => {
    expect(decodeBytes(Buffer.from([0xe5, 0xbc]), 'utf-8')).toBeUndefined();
    expect(decodeBytes(Buffer.from([0xd5]), 'gb18030')).toBeUndefined();
    expect(decodeBytes(Buffer.from([0x41, 0]), 'utf-8')).toBeUndefined();
    expect(decodeBytes(Buffer.from([0xd5, 0xc5]), 'gb18030')).toBe('张');
  });

  it('knows plain ASCII', () => {
    expect(isPlainAscii(Buffer.from('MSH|^~\\&|\r\n\tA'))).toBe(true);
    expect(isPlainAscii(Buffer.from('张'))).toBe(false);
    expect(isPlainAscii(Buffer.from([0x1b]))).toBe(false);
  });
});

describe('GB 18030', () => {
  it('encodes every character of the basic plane so that it reads back, but a few private ones the standard gave up', () => {
    const wrong: number[] = [];
    for (let code = 1; code < 0x10000; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const character = String.fromCharCode(code);
      if (decodeBytes(encodeBytes(character, 'gb18030'), 'gb18030') !== character) wrong.push(code);
    }
    expect(wrong.filter((code) => code < 0xe000 || code > 0xf8ff)).toEqual([]);
    expect(wrong.length).toBeLessThan(30);
  });

  it('encodes any text so that it reads back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!/[\0\p{Co}]/u.test(text));
        expect(decodeBytes(encodeBytes(text, 'gb18030'), 'gb18030')).toBe(text);
      }),
    );
  });

  it('writes common Chinese in two bytes and emoji in four', () => {
    expect(encodeBytes('张三', 'gb18030').toString('hex')).toBe('d5c5c8fd');
    expect(encodeBytes('😀', 'gb18030')).toHaveLength(4);
    expect(encodeBytes('A|', 'gb18030').toString()).toBe('A|');
  });

  it('replaces a lone surrogate', () => {
    expect(decodeBytes(encodeBytes('\uD800', 'gb18030'), 'gb18030')).toBe('\uFFFD');
  });
});
