import { referencePacks } from '#libs/packs/reference-packs';
import { assessmentSchema } from './triage.assessment';
import { assessmentOfReport, evaluateReport, isUrgent, prehospitalReportSchema, urgencyOf } from './triage.pre-notice';

const reportOf = (more: object = {}) =>
  prehospitalReportSchema.parse({ complaint: '胸痛', vitals: {}, measuredAt: '2026-11-23T08:00:00Z', ...more });
const urgency = (more: object) => {
  const report = reportOf(more);
  return urgencyOf(report, evaluateReport(report, undefined, referencePacks));
};

describe('a report from before the arrival', () => {
  it('is an assessment as any, with the mechanism below the complaint', () => {
    const report = reportOf({
      complaint: '摔'.repeat(1500),
      mechanism: '高'.repeat(400),
      allergies: [],
      proposedLevel: 'II',
    });
    const assessment = assessmentOfReport(report);
    expect(assessmentSchema.parse(assessment)).toEqual(assessment);
    expect(assessment.complaint.split('\n').map(({ length }) => length)).toEqual([1500, 400]);
    expect(assessmentOfReport(reportOf()).complaint).toBe('胸痛');
  });

  it('is taken for an adult’s until an age is told', () => {
    const child = reportOf({ vitals: { pulse: 150, respiratoryRate: 30 } });
    expect(evaluateReport(child, undefined, referencePacks)).toMatchObject({ floor: 'II', provisional: true });
    expect(evaluateReport(child, 200, referencePacks)).toMatchObject({ provisional: false });
  });

  it('is as urgent as floor, indicators or the proposal, whichever is most', () => {
    expect(urgency({})).toBeNull();
    expect(urgency({ vitals: { spo2: 88 }, proposedLevel: 'III' })).toBe('II');
    expect(urgency({ flags: { indicators: ['cardiac-arrest'] } })).toBe('I');
    expect(urgency({ vitals: { spo2: 98 }, proposedLevel: 'I' })).toBe('I');
    expect((['I', 'II', 'III', 'IVa', null] as const).map(isUrgent)).toEqual([true, true, false, false, false]);
  });
});
