import { cnIndicators2018 } from '#libs/packs/cn-indicators-2018';
import { screeningQuestions } from '#libs/packs/infection-screening';
import type { Text } from '#libs/packs/text';
import { type AssessmentFlags } from '#libs/processes/triage/triage.assessment';

const names: Readonly<Record<Exclude<keyof AssessmentFlags, 'indicators' | keyof typeof screeningQuestions>, Text>> = {
  hypercapnicTarget: { zh: '目标血氧 88–92%', en: 'SpO2 target 88-92 %' },
  noDyspnoea: { zh: '无呼吸困难', en: 'no dyspnoea' },
  pregnant: { zh: '妊娠', en: 'pregnant' },
  traumaMechanism: { zh: '高危创伤机制', en: 'dangerous mechanism' },
  infectionSuspected: { zh: '疑似感染', en: 'infection suspected' },
  nurseConcern: { zh: '护士担忧', en: 'nurse concerned' },
  familyConcern: { zh: '家属担忧', en: 'family concerned' },
  disabled: { zh: '残障', en: 'disabled' },
};

const all = new Map<string, Text>([
  ...Object.entries(names),
  ...Object.entries(screeningQuestions),
  ...cnIndicators2018.indicators.map(({ id, name }) => [id, name] as const),
]);

/** Every flag and indicator with its name. */
export const namedFlags = (): readonly (readonly [string, Text])[] => [...all];

/** What a ticked flag or indicator is called; an indicator of a hospital's own by its id. */
export const flagName = (id: string): Text => all.get(id) ?? { zh: id, en: id };
