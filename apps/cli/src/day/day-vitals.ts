import { type Vitals } from '#libs/processes/triage/triage.assessment';
import { type Dice } from '../seed/dice';
import { type DayPatient } from './day-plan';

const worseForMinutes = 20;

/* How far one reading lies from another, and what getting worse adds. */
const scatter = {
  pulse: { by: 3, worse: 30 },
  systolic: { by: 4, worse: -25 },
  respiratoryRate: { by: 1, worse: 8 },
  spo2: { by: 1, worse: -7 },
} as const;

/** What is measured of a patient so many minutes after arriving: the story's values with the scatter of a real reading. */
export const measure = (dice: Dice, { template, worsensAfter }: DayPatient, since: number): Vitals => {
  const worse = worsensAfter !== null && since >= worsensAfter && since < worsensAfter + worseForMinutes;
  const read = Object.entries(scatter).flatMap(([sign, change]) => {
    const known = template.vitals[sign as keyof typeof scatter];
    if (known === undefined) return [];
    const value = known + dice.between(-change.by, change.by) + (worse ? change.worse : 0);
    return [[sign, sign === 'spo2' ? Math.min(100, value) : value]];
  });
  return { ...template.vitals, ...(Object.fromEntries(read) as Vitals) };
};

/** What a bedside monitor reads of it: nothing that only a person sees or asks. */
export const monitored = (vitals: Vitals): Vitals => {
  const { pulse, systolic, diastolic, respiratoryRate, spo2 } = vitals;
  return Object.fromEntries(
    Object.entries({ pulse, systolic, diastolic, respiratoryRate, spo2 }).filter(([, value]) => value !== undefined),
  );
};
