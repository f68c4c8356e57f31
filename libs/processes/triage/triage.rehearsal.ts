import { referencePacks } from '#libs/packs/reference-packs';
import { triageInputSchema } from './triage.assessment';
import { evaluateTriage, type TriageEvaluation } from './triage.rules';

/** Departments by words of the complaint, for rehearsal only. */
const departments: readonly (readonly [RegExp, string])[] = [
  [/胸痛|胸闷|心悸|chest/i, '胸痛中心'],
  [/偏瘫|口角|言语|抽搐|头晕|头痛|stroke|headache/i, '神经内科'],
  [/腹痛|呕吐|黑便|abdom/i, '普外科'],
  [/外伤|骨折|车祸|摔|trauma|fall/i, '创伤中心'],
  [/气促|呼吸|咳|喘|breath|cough/i, '呼吸内科'],
];

/**
 * What the rehearsal model drafts: the level that rules and ticked indicators propose, with their sentences as reasons.
 * It reads the same input as a real model and nothing else; it is no clinical judgement and says so.
 */
export const rehearseAcuity = (input: unknown): unknown => {
  const given = input as Record<string, unknown>;
  const age = given['age'] as { days: number; estimated: boolean } | null;
  const { assessment, patient } = triageInputSchema.parse({
    assessment: {
      complaint: given['complaint'],
      vitals: given['vitals'],
      flags: given['flags'],
      measuredAt: '2000-01-01T00:00:00Z',
    },
    patient: { sex: given['sex'], ageEstimated: age?.estimated ?? false, ...(age && { ageDays: age.days }) },
  });
  const evaluation = evaluateTriage({ assessment, patient }, referencePacks);
  const notes = (given['notes'] ?? []) as { id: number }[];
  return {
    level: evaluation.proposedLevel ?? 'III',
    reasons: reasonsOf(evaluation, assessment.complaint),
    redFlags: evaluation.proposals.slice(0, 8).map(({ name }) => ({ zh: name.zh, en: name.en })),
    department: departments.find(([words]) => words.test(assessment.complaint))?.[1] ?? '急诊内科',
    // It drafts from rules alone: a note changes nothing of it, and it says so.
    addressedNotes: [],
    unaddressedNotes: notes.map(({ id }) => id),
  };
};

const reasonsOf = (evaluation: TriageEvaluation, complaint: string) => {
  const quote = complaint.slice(0, 40);
  const opening = {
    zh: '演练模型：仅按规则起草，非临床判断',
    en: 'rehearsal model: drafted from rules only, no clinical judgement',
    quote,
  };
  const findings = [...evaluation.fired, ...evaluation.proposals].slice(0, 7);
  return [
    opening,
    ...findings.map(({ text }) => ({ zh: text.zh.slice(0, 300), en: text.en.slice(0, 300), quote: '' })),
  ];
};
