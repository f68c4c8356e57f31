import fc from 'fast-check';
import { instantOf, wallClockAt, zoneOffsetAt } from './time-zone';
import { formatTimestamp, parseBirthDate, parseTimestamp } from './timestamp';

const shanghai = 'Asia/Shanghai';

describe('HL7 times', () => {
  it.each([
    ['2026', '2025-12-31T16:00:00.000Z', 'year'],
    ['202611', '2026-10-31T16:00:00.000Z', 'month'],
    ['20261123', '2026-11-22T16:00:00.000Z', 'day'],
    ['2026112308', '2026-11-23T00:00:00.000Z', 'hour'],
    ['202611230801', '2026-11-23T00:01:00.000Z', 'minute'],
    ['20261123080105', '2026-11-23T00:01:05.000Z', 'second'],
    ['20261123080105.1', '2026-11-23T00:01:05.100Z', 'millisecond'],
    ['20261123080105.6789', '2026-11-23T00:01:05.678Z', 'millisecond'],
  ])('%s is the facility’s clock, %s, exact to the %s', (text, instant, precision) => {
    expect(parseTimestamp(text, shanghai)).toEqual({ instant, precision, offset: 'facility' });
  });

  it.each([
    ['20261123080105+0800', '2026-11-23T00:01:05.000Z'],
    ['20261123080105-0500', '2026-11-23T13:01:05.000Z'],
    ['202611230801+0545', '2026-11-23T02:16:00.000Z'],
    ['20261123+0000', '2026-11-23T00:00:00.000Z'],
    ['2026112308-0000', '2026-11-23T08:00:00.000Z'],
  ])('%s brings its own offset: %s', (text, instant) => {
    expect(parseTimestamp(text, shanghai)).toMatchObject({ instant, offset: 'written' });
  });

  it.each([
    '20261323',
    '20260230',
    '20270229',
    '2026112324',
    '202611230860',
    '20261123080160',
    '2026112308010',
    '1994050216163360',
    '20261123080105.',
    '20261123080105.12345',
    '20261123+08',
    '20261123+1560',
    '20261123+1500',
    '00010101',
    '99991231',
    '2026-11-23',
    '2026年',
    '',
    'yesterday',
    '20261123 0801',
  ])('%j is none', (text) => {
    expect(parseTimestamp(text, shanghai)).toBeUndefined();
  });

  it('knows the leap day', () => {
    expect(parseTimestamp('20280229', 'UTC')?.instant).toBe('2028-02-29T00:00:00.000Z');
  });

  it('follows the summer times of the facility, also the Chinese ones before 1992', () => {
    expect(parseTimestamp('198807011200', shanghai)?.instant).toBe('1988-07-01T03:00:00.000Z');
    expect(parseTimestamp('198812011200', shanghai)?.instant).toBe('1988-12-01T04:00:00.000Z');
    expect(parseTimestamp('202607011200', 'Europe/Berlin')?.instant).toBe('2026-07-01T10:00:00.000Z');
    expect(parseTimestamp('202612011200', 'Europe/Berlin')?.instant).toBe('2026-12-01T11:00:00.000Z');
  });

  it('takes the first showing of an hour that comes twice, and moves on one that never comes', () => {
    expect(parseTimestamp('202610250230', 'Europe/Berlin')?.instant).toBe('2026-10-25T00:30:00.000Z');
    expect(parseTimestamp('202603290230', 'Europe/Berlin')?.instant).toBe('2026-03-29T01:30:00.000Z');
  });

  it('refuses a zone that does not exist, which is a fault of the installation', () => {
    expect(() => parseTimestamp('2026', 'Asia/Nowhere')).toThrow(RangeError);
  });

  it('agree whatever offset they are written with', () => {
    const minutes = fc.integer({ min: -12 * 60, max: 14 * 60 });
    const instants = fc.date({ min: new Date('1900-01-02'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, minutes, (date, offset) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        const local = new Date(whole.getTime() + offset * 60_000).toISOString().replace(/\D/g, '').slice(0, 14);
        const ahead = Math.abs(offset);
        const written = `${String(Math.floor(ahead / 60)).padStart(2, '0')}${String(ahead % 60).padStart(2, '0')}`;
        const parsed = parseTimestamp(`${local}${offset < 0 ? '-' : '+'}${written}`, shanghai);
        expect(parsed?.instant).toBe(whole.toISOString());
      }),
    );
  });

  it('are written so that they read back in any zone', () => {
    const zones = fc.constantFrom(shanghai, 'UTC', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe');
    const instants = fc.date({ min: new Date('1990-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, zones, (date, zone) => {
        const whole = new Date(Math.floor(date.getTime() / 1000) * 1000);
        expect(parseTimestamp(formatTimestamp(whole, zone), 'UTC')?.instant).toBe(whole.toISOString());
      }),
    );
    expect(formatTimestamp(new Date('2026-11-23T00:01:05Z'), shanghai)).toBe('20261123080105+0800');
    expect(formatTimestamp(new Date('2026-11-23T00:01:05Z'), 'America/St_Johns')).toBe('20261122203105-0330');
  });
});

describe('time zones', () => {
  it('show what a clock shows, before 1970 too', () => {
    expect(wallClockAt(Date.parse('1969-12-31T23:59:59.250Z'), 'UTC')).toEqual({
      year: 1969,
      month: 12,
      day: 31,
      hour: 23,
      minute: 59,
      second: 59,
      millisecond: 250,
    });
    expect(zoneOffsetAt(Date.parse('2026-11-23T00:00:00Z'), shanghai)).toBe(8 * 3_600_000);
  });

  it('turn an instant into a clock and back, except in the hour that comes twice', () => {
    const instants = fc.date({ min: new Date('1930-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(instants, fc.constantFrom(shanghai, 'America/New_York', 'Australia/Lord_Howe'), (date, zone) => {
        const again = instantOf(wallClockAt(date.getTime(), zone), zone);
        expect(wallClockAt(again, zone)).toEqual(wallClockAt(date.getTime(), zone));
        expect(again).toBeLessThanOrEqual(date.getTime());
        expect(date.getTime() - again).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});

describe('birth dates', () => {
  it.each([
    ['1988', { date: '1988', precision: 'year' }],
    ['198808', { date: '1988-08', precision: 'month' }],
    ['19880818', { date: '1988-08-18', precision: 'day' }],
    ['198808181126+0215', { date: '1988-08-18', precision: 'day' }],
    ['19850101000000+0700', { date: '1985-01-01', precision: 'day' }],
  ])('%s', (text, expected) => {
    expect(parseBirthDate(text)).toEqual(expected);
  });

  it('are never moved by a zone and never invented', () => {
    expect(parseBirthDate('19880230')).toBeUndefined();
    expect(parseBirthDate('1988-08-18')).toBeUndefined();
  });
});
