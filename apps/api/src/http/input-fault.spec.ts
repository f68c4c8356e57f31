import fc from 'fast-check';
import { inputFault, queryFaults } from './input-fault';

describe('inputFault', () => {
  it('lets ordinary JSON through', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5, noUnicodeString: false } as object), (value) => {
        const text = JSON.stringify(value);
        fc.pre(!text.includes('\\u0000') && !/\\ud[89a-f]/i.test(text) && !text.includes('__proto__'));
        expect(inputFault(JSON.parse(text))).toBeNull();
      }),
    );
    expect(inputFault({ constructor: 'Ltd', prototype: 'first', 患者: '张三😀' })).toBeNull();
    expect(inputFault(undefined)).toBeNull();
  });

  it('says where and why not', () => {
    expect(inputFault(JSON.parse('{"a":[{"__proto__":1}]}'))).toEqual({
      path: 'a.0.__proto__',
      rule: 'key not allowed',
    });
    expect(inputFault({ a: { constructor: { prototype: 1 } } })?.rule).toBe('key not allowed');
    expect(inputFault({ a: ['x', 'y\0'] })).toEqual({ path: 'a.1', rule: 'well-formed text' });
    expect(inputFault({ 'a\0': 1 })?.rule).toBe('well-formed text');
    expect(inputFault({ a: '\ud83d' })?.rule).toBe('well-formed text');
    expect(inputFault('\0')?.rule).toBe('well-formed text');
  });

  it('stands any depth', () => {
    const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000)) as unknown;
    expect(inputFault(deep)?.rule).toBe('depth');
  });
});

describe('queryFaults', () => {
  it('names what came twice or reaches for a prototype, never its value', () => {
    expect(queryFaults({ a: '1', b: ['张三', '2'], c: '\0' })).toEqual(['query.b', 'query.c']);
    expect(queryFaults(JSON.parse('{"__proto__":"x"}') as Record<string, unknown>)).toEqual(['query.__proto__']);
    expect(queryFaults({ a: '1' })).toEqual([]);
  });
});
