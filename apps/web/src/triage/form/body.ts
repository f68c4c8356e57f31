import { indicatorIds } from '#libs/packs/cn-indicators-2018';
import { screeningAnswers } from '#libs/packs/pack.types';
import { type Assessment, type AssessmentFlags, type Vitals } from '#libs/processes/triage/triage.assessment';
import { type ScreeningAnswers } from '#libs/processes/triage/triage.screening';
import { type AssessmentEntry, numberFields, plainFlags } from './entry';
import { faultOf, numberOf } from './numbers';

/** The vital signs as they are sent: what is empty or no number is left out. */
export const vitalsOf = ({ numbers, onOxygen, consciousness }: AssessmentEntry): Vitals => ({
  ...(Object.fromEntries(
    numberFields.flatMap((field) => {
      const value = numberOf(numbers[field]);
      return value === null || faultOf(field, numbers[field]) !== null ? [] : [[field, value]];
    }),
  ) as Vitals),
  ...(onOxygen !== null && { onOxygen: onOxygen === 'yes' }),
  ...(consciousness !== null && { consciousness }),
});

/** The answers to the infection screening: what nobody asked is left out, never "no". */
export const screeningOf = ({ screening }: AssessmentEntry): ScreeningAnswers =>
  Object.fromEntries(
    screeningAnswers.flatMap((id) => (screening[id] === undefined ? [] : [[id, screening[id] === 'yes']])),
  );

const flagsOf = (entry: AssessmentEntry): AssessmentFlags => {
  const indicators = indicatorIds.filter((id) => entry.flags.includes(id));
  const ticked = plainFlags.filter((flag) => entry.flags.includes(flag)).map((flag) => [flag, true]);
  return {
    ...(Object.fromEntries(ticked) as AssessmentFlags),
    ...screeningOf(entry),
    ...(indicators.length > 0 && { indicators }),
  };
};

/** The assessment as it is sent. */
export const assessmentOf = (entry: AssessmentEntry, measuredAt: string): Assessment => ({
  complaint: entry.complaint.trim(),
  vitals: vitalsOf(entry),
  flags: flagsOf(entry),
  ...(entry.allergies !== null && { allergies: [...entry.allergies] }),
  measuredAt,
});

/** Whether anybody assessed: said, measured or saw something beyond the screening's answers. */
export const saysSomething = (entry: AssessmentEntry): boolean =>
  entry.complaint.trim() !== '' ||
  Object.keys(vitalsOf(entry)).length > 0 ||
  entry.flags.length > 0 ||
  entry.allergies !== null;

/** Whether something typed would be refused. */
export const hasFaults = ({ numbers }: AssessmentEntry): boolean =>
  numberFields.some((field) => faultOf(field, numbers[field]) !== null);
