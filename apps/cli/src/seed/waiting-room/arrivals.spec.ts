import { parseHl7 } from '#libs/interop/hl7v2/parse';
import { toAdtEvent } from '#libs/interop/hl7v2/adt';
import { demoMark } from '../names';
import { admissionMessage, birthDateOf, hl7Time, registrationOf } from './arrivals';
import { type RoomPatient } from './patient';

const now = new Date('2026-11-23T02:00:00Z');
const arriving = { wardId: 'w', wardCode: 'EDTR', name: `王芳${demoMark}`, number: 1001, now };
const patient: RoomPatient = {
  sex: 'female',
  years: 42,
  minutes: 30,
  complaint: '头晕',
  vitals: { pulse: 80 },
  story: { kind: 'assessed' },
};

describe('an arrival at the desk', () => {
  it('came as long ago as told, and was measured since, recently enough to back a level', () => {
    const { arrivedAt, assessment } = registrationOf(patient, arriving);
    expect(arrivedAt).toBe('2026-11-23T01:30:00.000Z');
    expect(assessment?.measuredAt).toBe('2026-11-23T01:56:00.000Z');
    const justCame = registrationOf({ ...patient, minutes: 2 }, arriving);
    expect(justCame.assessment?.measuredAt).toBe(justCame.arrivedAt);
  });

  it('has a name that says it is made up, a number, and no assessment before anybody looked', () => {
    expect(registrationOf(patient, arriving).patient).toMatchObject({
      name: '王芳（演示）',
      identifiers: [{ value: 'DEMO1001' }],
    });
    const story = { kind: 'unassessed', by: 'desk' } as const;
    expect(registrationOf({ ...patient, story }, arriving)).not.toHaveProperty('assessment');
  });

  it('tells nothing of somebody nobody knows but sex and an estimated age', () => {
    expect(registrationOf({ ...patient, unidentified: true }, arriving).patient).toEqual({
      unidentified: true,
      sex: 'female',
      estimatedAgeYears: 42,
    });
  });
});

describe('a birth date', () => {
  it.each([
    [{ years: 42 }, '1984-10-14'],
    [{ days: 150 }, '2026-06-26'],
  ])('fits the age %p', (age, date) => {
    expect(birthDateOf({ ...patient, years: undefined as never, ...age }, now)).toBe(date);
  });
});

describe('an arrival by the feed', () => {
  it('is a message the product understands: who, where and when', () => {
    const parsed = parseHl7(Buffer.from(admissionMessage(patient, arriving)), {
      maxBytes: 100_000,
      defaultCharset: 'utf-8',
    });
    if (!('message' in parsed)) throw new Error(JSON.stringify(parsed));
    const result = toAdtEvent(parsed.message, { facilityTimeZone: 'Asia/Shanghai', testMessages: 'apply' });
    const text = JSON.stringify(result);
    for (const part of ['王芳（演示）', 'DEMO1001', 'DEMOV1001', 'EDTR', '1984-10-14', '2026-11-23T01:30:00'])
      expect(text).toContain(part);
    expect(result).toMatchObject({ event: { kind: 'register' } });
  });

  it('writes times as the hospital’s clock shows them', () => {
    expect(hl7Time('2026-11-23T20:05:09.000Z')).toBe('20261124040509+0800');
  });
});
