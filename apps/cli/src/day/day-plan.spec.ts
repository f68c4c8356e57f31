import { createDice } from '../seed/dice';
import { wallClock } from './day-clock';
import { eventsOf, planDay } from './day-plan';
import { measure, monitored } from './day-vitals';

const order = { hours: 24, arrivals: 400, monitors: 40, speed: 20, seed: 7 };

describe('the plan of a day', () => {
  const patients = planDay(order);

  it('is the same again from the same seed, and another from another', () => {
    expect(planDay(order)).toEqual(patients);
    expect(planDay({ ...order, seed: 8 })).not.toEqual(patients);
  });

  it('lets everybody come within the day, in order, each with a name of their own', () => {
    const times = patients.map(({ comesAt }) => comesAt);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(0);
    expect(times.at(-1)).toBeLessThan(24 * 60);
    expect(new Set(patients.map(({ name }) => name)).size).toBe(400);
  });

  it('is busier in the morning and in the evening than at night, by feed and by form', () => {
    const between = (from: number, to: number) =>
      patients.filter(({ comesAt }) => comesAt >= from * 60 && comesAt < to * 60).length;
    expect(between(0, 4)).toBeGreaterThan(2 * between(17, 21));
    const byFeed = patients.filter(({ by }) => by === 'feed').length;
    expect(byFeed).toBeGreaterThan(140);
    expect(byFeed).toBeLessThan(260);
  });

  it('leaves corrections and cancellations to the system that announced the patient', () => {
    for (const { by, correctedAfter, cancelledAfter } of patients)
      if (by === 'form') expect([correctedAfter, cancelledAfter]).toEqual([null, null]);
  });

  it('has its events where the clock on the wall says so, and in a shorter day in their shares of it', () => {
    const { packChangedAt, modelDownAt, modelBackAt, shiftEnds } = eventsOf(order);
    expect([packChangedAt, modelDownAt, modelBackAt, ...shiftEnds].map(wallClock)).toEqual([
      '12:00',
      '13:00',
      '14:00',
      '16:00',
      '00:00',
    ]);
    expect(eventsOf({ hours: 12 }).packChangedAt).toBe(packChangedAt / 2);
  });
});

describe('what is measured of a patient', () => {
  const [patient] = planDay(order).map((one) => ({ ...one, worsensAfter: 30 }));
  const known = {
    pulse: 80,
    systolic: 120,
    respiratoryRate: 16,
    spo2: 98,
    temperature: 37,
    consciousness: 'A' as const,
  };
  const story = { ...patient!, template: { ...patient!.template, vitals: known } };

  it('scatters around the story, and is worse for a while', () => {
    const at = (since: number) => measure(createDice(3), story, since);
    expect(Math.abs((at(10).pulse ?? 0) - 80)).toBeLessThanOrEqual(3);
    expect(at(35).pulse).toBeGreaterThan(105);
    expect(at(35).spo2).toBeLessThan(93);
    expect(Math.abs((at(60).pulse ?? 0) - 80)).toBeLessThanOrEqual(3);
    expect(at(10)).toMatchObject({ temperature: 37, consciousness: 'A' });
  });

  it('is at a monitor only what a monitor reads, and nothing that was never measured', () => {
    expect(Object.keys(monitored(known)).toSorted()).toEqual(['pulse', 'respiratoryRate', 'spo2', 'systolic']);
    expect(monitored({ consciousness: 'A' })).toEqual({});
  });
});
