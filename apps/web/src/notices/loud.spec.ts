import { isHeard, newOf, wordOf } from './loud';

const breach = { kind: 'breach', data: { step: 1 } };
const handover = { kind: 'handover', data: {} };

describe('notices that are heard', () => {
  it('are those that came after the page was opened', () => {
    const now = [{ id: 'a' }, { id: 'b' }];
    expect(newOf(null, now)).toEqual([]);
    expect(newOf(new Set(['a']), now)).toEqual([{ id: 'b' }]);
  });

  it('are all by day, and none where the person wants none', () => {
    expect(isHeard([handover], { sound: true, night: false })).toBe(true);
    expect(isHeard([breach], { sound: false, night: false })).toBe(false);
    expect(isHeard([], { sound: true, night: false })).toBe(false);
  });

  it('are at night only those about level I', () => {
    const night = { sound: true, night: true };
    expect(isHeard([handover], night)).toBe(false);
    expect(isHeard([handover, breach], night)).toBe(false);
    expect(isHeard([breach, { kind: 'breach', data: { step: 0, level: 'I' } }], night)).toBe(true);
    expect(isHeard([{ kind: 'floor-raised', data: { from: 'III', to: 'I' } }], night)).toBe(true);
    expect(isHeard([{ kind: 'floor-raised', data: { from: 'IV', to: 'II' } }], night)).toBe(false);
    expect(isHeard([{ kind: 'pre-notice', data: { level: 'I' } }], night)).toBe(true);
  });
});

describe('the words of a notice', () => {
  it('say of a limit whether it comes near, is passed, or allows no waiting at all', () => {
    expect(wordOf({ kind: 'breach', data: { step: 0 } })).toBe('breach-near');
    expect(wordOf(breach)).toBe('breach');
    expect(wordOf({ kind: 'breach', data: { step: 0, level: 'I' } })).toBe('breach-critical');
    expect(wordOf(handover)).toBe('handover');
  });
});
