import { dateFormat } from './date-format';

describe('formats of times', () => {
  const at = Date.parse('2026-11-23T16:05:09Z');

  it('are of the zone asked for, 24 h', () => {
    expect(dateFormat('Asia/Shanghai', { hour: '2-digit', minute: '2-digit' }).format(at)).toBe('00:05');
    expect(dateFormat('Europe/London', { hour: '2-digit', minute: '2-digit' }).format(at)).toBe('16:05');
  });

  it('are made once for each zone and shape', () => {
    const seconds = { minute: '2-digit', second: '2-digit' } as const;
    expect(dateFormat('Asia/Shanghai', seconds)).toBe(dateFormat('Asia/Shanghai', { ...seconds }));
    expect(dateFormat('Asia/Shanghai', { minute: '2-digit' })).not.toBe(dateFormat('Asia/Shanghai', seconds));
  });
});
