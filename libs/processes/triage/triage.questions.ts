import { complaintQuestions, type ComplaintTopic, type QuestionPack } from '#libs/packs/complaint-questions';
import { describeParameter } from '#libs/packs/parameters';
import type { Text } from '#libs/packs/text';
import type { TriageInput } from './triage.assessment';
import type { TriageEvaluation } from './triage.rules';

/** A question to ask before judging, and why the rules ask it. */
export type TriageQuestion = Text & { readonly id: string; readonly because: 'missing' | 'finding' | 'complaint' };

/**
 * What to ask before judging, by rules alone: first what is missing, then what a finding leaves open, then what the
 * complaint suggests. Deterministic; a question never depends on a model.
 */
export const triageQuestions = (
  input: TriageInput,
  evaluation: TriageEvaluation,
  catalogue: QuestionPack = complaintQuestions,
): TriageQuestion[] => [
  ...missing(input, evaluation),
  ...findings(input),
  ...topicsOf(input.assessment.complaint, catalogue).flatMap(asked),
];

/** The topics whose words occur in a complaint, in the catalogue's order; a denied symptom counts too. */
export const topicsOf = (complaint: string, { topics }: QuestionPack): readonly ComplaintTopic[] => {
  const text = complaint.normalize('NFKC').toLowerCase();
  return topics.filter(
    ({ words }) => words.zh.some((word) => text.includes(word)) || words.en.some((word) => startsWord(text, word)),
  );
};

const startsWord = (text: string, word: string): boolean => {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[a-z]/.test(text.charAt(at - 1))) return true;
  }
  return false;
};

const asked = ({ id: topic, questions }: ComplaintTopic): TriageQuestion[] =>
  questions.map(({ id, zh, en }) => ({ id: `${topic}/${id}`, because: 'complaint', zh, en }));

const missing = ({ assessment }: TriageInput, evaluation: TriageEvaluation): TriageQuestion[] => [
  ...(assessment.complaint.trim() === '' ? [noComplaint] : []),
  ...evaluation.missing.map((parameter) => (parameter === 'age' ? noAge : measure(parameter))),
];

const noComplaint: TriageQuestion = {
  id: 'missing/complaint',
  because: 'missing',
  zh: '主诉是什么？',
  en: 'What is the complaint?',
};

const noAge: TriageQuestion = {
  id: 'missing/age',
  because: 'missing',
  zh: '年龄多大？不详时请估计并注明',
  en: 'How old is the patient? If unknown, enter an estimate and mark it',
};

const measure = (parameter: string): TriageQuestion => {
  const { name } = describeParameter(parameter);
  return {
    id: `missing/${parameter}`,
    because: 'missing',
    zh: `请补测/补录：${name.zh}`,
    en: `Measure or record: ${name.en}`,
  };
};

type Finding = Text & { readonly id: string; readonly holds: (input: TriageInput) => boolean | undefined };

const childbearing = { from: 4383, below: 20_089 };

const openFindings: readonly Finding[] = [
  {
    id: 'dyspnoea',
    zh: '血氧偏低：是否伴呼吸困难？若无请记录',
    en: 'SpO2 is low: is there dyspnoea? If none, record it',
    holds: ({ assessment: { vitals, flags } }) =>
      vitals.spo2 !== undefined && vitals.spo2 <= 94 && flags.noDyspnoea === undefined,
  },
  {
    id: 'hypercapnic-target',
    zh: '血氧偏低：是否有高碳酸血症性呼吸衰竭并已医嘱 88–92% 目标？（医生确认）',
    en: 'SpO2 is low: is there documented hypercapnic failure with a prescribed 88-92 % target? (a clinician confirms)',
    holds: ({ assessment: { vitals, flags } }) =>
      vitals.spo2 !== undefined && vitals.spo2 <= 95 && flags.hypercapnicTarget === undefined,
  },
  {
    id: 'glucose',
    zh: '意识改变：请测血糖',
    en: 'Consciousness is altered: measure the glucose',
    holds: ({ assessment: { vitals } }) =>
      vitals.glucose === undefined &&
      ((vitals.consciousness ?? 'A') !== 'A' || (vitals.gcs !== undefined && vitals.gcs < 15)),
  },
  {
    id: 'pregnant',
    zh: '是否妊娠或可能妊娠？',
    en: 'Is the patient pregnant, or could she be?',
    holds: ({ assessment: { flags }, patient: { sex, ageDays = -1 } }) =>
      sex === 'female' && flags.pregnant === undefined && ageDays >= childbearing.from && ageDays < childbearing.below,
  },
  {
    id: 'fever-contact',
    zh: '发热：近 14 天有无传染病接触或旅行史？',
    en: 'Fever: any infectious contact or travel in the last 14 days?',
    holds: ({ assessment: { complaint, vitals, flags } }) =>
      flags.feverContact === undefined &&
      ((vitals.temperature ?? 0) >= 37.3 || /发热|发烧|\bfever|febrile/i.test(complaint)),
  },
  {
    id: 'pain',
    zh: '有疼痛主诉：疼痛评分是多少（0–10）？',
    en: 'There is pain: how strong, 0 to 10?',
    holds: ({ assessment: { complaint, vitals } }) =>
      vitals.painScore === undefined && vitals.flacc === undefined && /痛|疼|\bpain|ache\b/i.test(complaint),
  },
];

const findings = (input: TriageInput): TriageQuestion[] =>
  openFindings
    .filter(({ holds }) => holds(input))
    .map(({ id, zh, en }) => ({ id: `finding/${id}`, because: 'finding', zh, en }));
