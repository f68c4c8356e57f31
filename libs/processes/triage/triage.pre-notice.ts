import { z } from 'zod';
import { mostUrgent } from '#libs/packs/acuity';
import type { TriagePacks } from '#libs/packs/pack.types';
import { type Assessment, assessmentSchema, patientFactsSchema, text } from './triage.assessment';
import { type Level, levels } from './triage.level';
import { evaluateTriage, type TriageEvaluation } from './triage.rules';

/** What an ambulance tells of a patient: an assessment made by others, how the injury came about, a level they propose. */
export const prehospitalReportSchema = z.strictObject({
  ...assessmentSchema.shape,
  complaint: text(1500),
  /** How the injury came about. */
  mechanism: text(400).optional(),
  sex: patientFactsSchema.shape.sex.default('unknown'),
  /** Always an estimate. */
  estimatedAgeYears: z.number().min(0).max(130).optional(),
  proposedLevel: z.enum(levels).optional(),
});
/** {@link prehospitalReportSchema} as a type. */
export type PrehospitalReport = z.infer<typeof prehospitalReportSchema>;

/** What a report says as an assessment; the mechanism stands below the complaint. */
export const assessmentOfReport = ({
  complaint,
  mechanism,
  vitals,
  flags,
  allergies,
  measuredAt,
}: PrehospitalReport): Assessment => ({
  complaint: [complaint, mechanism].filter((line) => line !== undefined && line !== '').join('\n'),
  vitals,
  flags,
  ...(allergies && { allergies }),
  measuredAt,
});

/** What the rules say of a report: a floor for the time until somebody sees the patient. `ageDays` of the estimate. */
export const evaluateReport = (
  report: PrehospitalReport,
  ageDays: number | undefined,
  packs: TriagePacks,
): TriageEvaluation =>
  evaluateTriage(
    {
      assessment: assessmentOfReport(report),
      patient: { sex: report.sex, ageEstimated: ageDays !== undefined, ...(ageDays !== undefined && { ageDays }) },
    },
    packs,
  );

/** How urgently the desk must know: by floor and indicators, and by what the ambulance proposes. */
export const urgencyOf = (report: PrehospitalReport, { floor, proposedLevel }: TriageEvaluation): Level | null =>
  mostUrgent([floor, proposedLevel, report.proposedLevel ?? null].filter((level) => level !== null));

/** Whether the triage nurses are told at once. */
export const isUrgent = (level: Level | null): boolean => level === 'I' || level === 'II';
