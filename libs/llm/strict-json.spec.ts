import fc from 'fast-check';
import { readJson } from './strict-json';

const fault = (text: string): string => {
  const reading = readJson(text);
  return reading.ok ? 'accepted' : reading.fault;
};

const isSafe = (value: unknown): boolean =>
  typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value);

const safeJson = fc
  .jsonValue({ maxDepth: 5 })
  .filter((value) => !JSON.stringify(value).includes('__proto__') && !JSON.stringify(value).includes('\\u0000'))
  .filter((value) => {
    let safe = true;
    JSON.stringify(value, (_key, part: unknown) => {
      safe &&= isSafe(part);
      return part;
    });
    return safe;
  });

describe('readJson', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(safeJson, fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text), trailingCommas: 0 });
      }),
    );
  });

  it('never accepts what JSON.parse refuses', () => {
    const mutated = fc.tuple(
      safeJson,
      fc.nat(),
      fc.constantFrom(',', '"', '}', '{', '\\', 'é', ' ', '1', '\u0001', ''),
    );
    fc.assert(
      fc.property(mutated, ([value, at, char]) => {
        const text = JSON.stringify(value);
        const place = at % (text.length + 1);
        const broken = text.slice(0, place) + char + text.slice(place + 1);
        const reading = readJson(broken);
        if (reading.ok) expect(reading.value).toEqual(JSON.parse(broken));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ['', 'syntax'],
    ['  ', 'syntax'],
    ['{', 'syntax'],
    ['{"a":1,}', 'syntax'],
    ['[1,]', 'syntax'],
    ['[,]', 'syntax'],
    ["{'a':1}", 'syntax'],
    ['{a:1}', 'syntax'],
    ['{"a":NaN}', 'syntax'],
    ['{"a":Infinity}', 'syntax'],
    ['{"a":undefined}', 'syntax'],
    ['{"a":01}', 'syntax'],
    ['{"a":+1}', 'syntax'],
    ['{"a":.5}', 'syntax'],
    ['{"a":5.}', 'syntax'],
    ['{"a":1e}', 'syntax'],
    ['{"a":0x10}', 'syntax'],
    ['{"a":1/5}', 'syntax'],
    ['{"a":12,111}', 'syntax'],
    ['{"a":１２}', 'syntax'],
    ['{"a":“b”}', 'syntax'],
    ['{"a":"line\nbreak"}', 'syntax'],
    ['{"a":"\\x41"}', 'syntax'],
    ['{"a":True}', 'syntax'],
    ['{"a":1} {"b":2}', 'syntax'],
    ['{"a":1}//c', 'syntax'],
    ['{"a":1 /*c*/}', 'syntax'],
    ['\uFEFF{}', 'syntax'],
    ['{"a":1,"a":1}', 'duplicate-key'],
    ['{"a":1,"\\u0061":2}', 'duplicate-key'],
    ['{"b":{"a":1,"a":2}}', 'duplicate-key'],
    ['{"__proto__":{"admin":true}}', 'forbidden-key'],
    ['{"\\u005f_proto__":1}', 'forbidden-key'],
    ['9007199254740993', 'unsafe-number'],
    ['-9007199254740992', 'unsafe-number'],
    ['9007199254740993.0', 'unsafe-number'],
    ['1e400', 'unsafe-number'],
    ['1e22', 'unsafe-number'],
    ['"\\ud800"', 'unsafe-text'],
    ['"a\\u0000b"', 'unsafe-text'],
    [`${'['.repeat(65)}${']'.repeat(65)}`, 'too-deep'],
    ['['.repeat(100_000), 'too-deep'],
  ])('refuses %j as %s', (text, expected) => {
    expect(fault(text)).toBe(expected);
  });

  it('keeps the largest safe integer and a surrogate pair', () => {
    expect(readJson('[9007199254740991,"\\ud83d\\ude00",-0.5e-3]')).toMatchObject({
      ok: true,
      value: [9007199254740991, '😀', -0.0005],
    });
  });

  it('tolerates and counts trailing commas only when asked', () => {
    expect(readJson('{"a":[1,2,],}', { trailingCommas: true })).toEqual({
      ok: true,
      value: { a: [1, 2] },
      trailingCommas: 2,
    });
    expect(readJson('[1,,]', { trailingCommas: true }).ok).toBe(false);
    expect(readJson('[,]', { trailingCommas: true }).ok).toBe(false);
  });

  it('reads a long string in linear time', () => {
    const text = JSON.stringify('\\"很长'.repeat(200_000));
    const startedAt = performance.now();
    expect(readJson(text).ok).toBe(true);
    expect(readJson(text.slice(0, -1)).ok).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  it('puts no text into its fault', () => {
    expect(JSON.stringify(readJson('{"id":"130102198001011234'))).toBe('{"ok":false,"fault":"syntax"}');
  });
});
