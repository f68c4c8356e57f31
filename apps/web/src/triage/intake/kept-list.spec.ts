import { type Kept, withKept, withoutKept } from './kept-list';

const one = (key: string, at = '2026-11-23T03:00:00.000Z'): Kept => ({
  key,
  at,
  kind: 'resus',
  body: { wardId: '0198b0a0-0000-7000-8000-000000000001' },
});

describe('the forms kept on a machine', () => {
  it('are one for each key, the oldest first', () => {
    const list = withKept(withKept(withKept([], one('a')), one('b')), one('a', '2026-11-23T04:00:00.000Z'));
    expect(list.map(({ key }) => key)).toEqual(['b', 'a']);
    expect(list[1]?.at).toBe('2026-11-23T04:00:00.000Z');
  });

  it('lose only the one that was sent', () => {
    expect(withoutKept([one('a'), one('b')], 'a').map(({ key }) => key)).toEqual(['b']);
    expect(withoutKept([one('a')], 'c')).toHaveLength(1);
  });
});
