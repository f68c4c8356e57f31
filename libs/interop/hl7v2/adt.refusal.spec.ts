import { exampleAdt, type ExampleFields } from './adt.example';
import { toAdtEvent } from './adt';
import { ruleFor, unknownVisit } from './adt.outcome';
import type { AdtPolicy, AdtResult } from './adt.types';
import { parseHl7 } from './parse';

const policy: AdtPolicy = { facilityTimeZone: 'Asia/Shanghai', testMessages: 'apply' };

const resultOf = (text: string, own: Partial<AdtPolicy> = {}): AdtResult => {
  const result = parseHl7(Buffer.from(text));
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.reason}`);
  return toAdtEvent(result.message, { ...policy, ...own });
};

const found = (event: string, fields: ExampleFields, own?: Partial<AdtPolicy>): string[] => {
  const result = resultOf(exampleAdt(event, fields), own);
  return result.ok ? [] : result.problems.map(({ code, reason, path }) => `${code} ${reason} ${path ?? ''}`);
};

describe.each(['A04', 'A08', 'A11'])('%s', (event) => {
  it.each(['MSH-7', 'MSH-11', 'EVN-2', 'PID-3', 'PID-5', 'PV1-2'])(
    'without %s is refused with 101 and the place',
    (path) => {
      expect(found(event, { [path]: '' })).toEqual([`101 field-missing ${path}`]);
      expect(found(event, { [path]: '^^' })).toEqual([`101 field-missing ${path}`]);
    },
  );

  it.each(['MSH-7', 'EVN-2', 'PID-3', 'PV1-2'])(
    'whose %s is "" is refused: what is required cannot be deleted',
    (path) => {
      expect(found(event, { [path]: '""' })).toEqual([`101 field-missing ${path}`]);
    },
  );

  it.each([
    'MSH-12',
    'MSH-18',
    'MSH-5',
    'EVN-1',
    'EVN-6',
    'PID-1',
    'PID-7',
    'PID-8',
    'PID-11',
    'PV1-3',
    'PV1-19',
    'PV1-44',
  ])('is taken without %s', (path) => {
    expect(found(event, { [path]: '' })).toEqual([]);
  });

  it.each(['MSH-7', 'EVN-2', 'EVN-6'])('whose %s is no time is refused with 102 under every policy', (path) => {
    expect(found(event, { [path]: 'yesterday' })).toEqual([`102 datatype-malformed ${path}`]);
    expect(found(event, { [path]: '20261332' }, { malformedOptional: 'warn' })).toEqual([
      `102 datatype-malformed ${path}`,
    ]);
  });

  it.each([
    ['PID-7', '102 datatype-malformed'],
    ['PID-8', '103 value-unknown'],
    ['PID-29', '102 datatype-malformed'],
    ['PID-30', '103 value-unknown'],
    ['PV1-44', '102 datatype-malformed'],
    ['PV1-45', '102 datatype-malformed'],
  ])('whose %s is malformed is refused with %s, or taken without it and a warning', (path, text) => {
    expect(found(event, { [path]: 'QQ' })).toEqual([`${text} ${path}`]);
    const [code, reason] = text.split(' ');
    const lenient = resultOf(exampleAdt(event, { [path]: 'QQ' }), { malformedOptional: 'warn' });
    expect(lenient).toMatchObject({ ok: true, warnings: [{ code, reason, path }] });
  });

  it.each(['EVN', 'PID', 'PV1'])('without %s, or with two of them, is refused with 100', (name) => {
    const lines = exampleAdt(event).split('\r');
    const without = resultOf(lines.filter((line) => !line.startsWith(name)).join('\r'));
    expect(without).toMatchObject({ ok: false, problems: [{ code: '100', reason: 'segment-missing', path: name }] });
    const twice = resultOf(lines.flatMap((line) => (line.startsWith(name) ? [line, line] : [line])).join('\r'));
    expect(twice).toMatchObject({ ok: false, problems: [{ code: '100', reason: 'segment-repeated', path: name }] });
  });
});

describe('a malformed optional value', () => {
  it('that is left out reads as silence, never as deletion', () => {
    const result = resultOf(exampleAdt('A08', { 'PID-7': 'QQ' }), { malformedOptional: 'warn' });
    expect(result).toMatchObject({ ok: true, event: { patient: { birthDate: { state: 'absent' } } } });
  });
});

describe('what is wrong with a message', () => {
  it('is told all at once', () => {
    expect(found('A04', { 'MSH-7': '', 'PID-3': '', 'PID-7': 'x', 'PV1-44': 'y' }).toSorted()).toEqual([
      '101 field-missing MSH-7',
      '101 field-missing PID-3',
      '102 datatype-malformed PID-7',
      '102 datatype-malformed PV1-44',
    ]);
  });

  it('holds no value of the message', () => {
    const secret = 'SECRETVALUE';
    for (const path of [
      'PID-3',
      'PID-5',
      'PID-7',
      'PID-8',
      'PID-29',
      'PID-30',
      'PV1-2',
      'PV1-44',
      'EVN-2',
      'EVN-6',
      'MSH-7',
      'MSH-11',
    ]) {
      const result = resultOf(exampleAdt('A04', { [path]: secret, 'MSH-9': 'ADT^A04', 'PV1-45': secret }));
      expect(JSON.stringify(result.ok ? [] : result.problems)).not.toContain(secret);
      expect(result.ok).toBe(false);
    }
  });
});

describe('an unknown visit', () => {
  it('is refused with 204 in an emergency, and ignored where it never was ours', () => {
    expect(unknownVisit({ emergency: true })).toEqual({
      outcome: 'refuse',
      problem: { code: '204', reason: 'visit-unknown', path: 'PV1-19' },
    });
    expect(unknownVisit({ emergency: false })).toEqual({ outcome: 'ignore', reason: 'not-emergency' });
  });
});

describe('the table of events', () => {
  it('is asked for its own lines only', () => {
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(ruleFor(name)).toEqual({ outcome: 'ignore', reason: 'event-not-handled' });
    expect(ruleFor('A04')).toMatchObject({ outcome: 'apply', kind: 'register' });
  });
});
