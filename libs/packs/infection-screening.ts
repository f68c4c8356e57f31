import { type Precaution, type ScreeningAnswer, type ScreeningPack, type ScreeningSign } from './pack.types';
import { referenceHeader } from './reference-notice';
import type { Text } from './text';

/** The questions as they are asked. */
export const screeningQuestions = {
  recentFever: { zh: '发热或近期发热', en: 'fever, now or recently' },
  respiratorySymptoms: { zh: '咳嗽、咽痛等呼吸道症状', en: 'respiratory symptoms' },
  rash: { zh: '皮疹', en: 'rash' },
  diarrhoea: { zh: '腹泻', en: 'diarrhoea' },
  feverContact: {
    zh: '流行病学史（近 14 天接触、旅居或聚集性发病）',
    en: 'infectious contact, travel or a cluster in the last 14 days',
  },
  resistantOrganism: { zh: '已知多重耐药菌', en: 'known multi-resistant organism' },
  immunosuppressed: { zh: '免疫抑制', en: 'immunosuppressed' },
} as const satisfies Record<ScreeningAnswer, Text>;

/** The precautions by name. */
export const precautionNames = {
  'fever-clinic': { zh: '发热门诊', en: 'fever clinic' },
  'respiratory-isolation': { zh: '呼吸道隔离', en: 'respiratory isolation' },
  'contact-isolation': { zh: '接触隔离', en: 'contact isolation' },
  'enteric-isolation': { zh: '肠道隔离', en: 'enteric isolation' },
  'protective-isolation': { zh: '保护性隔离', en: 'protective isolation' },
} as const satisfies Record<Precaution, Text>;

const says = (answer: ScreeningAnswer): ScreeningSign => ({ answer });

/** 37.3 degrees C (axillary) is the customary threshold of Chinese fever clinics. */
const fever: readonly ScreeningSign[] = [{ temperatureFrom: 37.3 }, says('recentFever')];

/**
 * The screening a new installation starts with. The measures for pre-examination triage of infectious diseases (2005) ask
 * for the epidemiological history and set no thresholds; which findings together call for what is a judgement of the
 * product, after the kinds of isolation in WS/T 311, and each hospital's to edit.
 */
export const cnInfectionScreening: ScreeningPack = {
  ...referenceHeader,
  kind: 'screening',
  id: 'cn-infection-screening',
  name: { zh: '传染病预检筛查', en: 'Infection screening at pre-examination' },
  source:
    '医疗机构传染病预检分诊管理办法 (2005): what is asked; WS/T 311: kinds of isolation (verify); rules: product choice',
  rules: [
    {
      id: 'fever',
      precaution: 'fever-clinic',
      allOf: [fever],
      source:
        '37.3 °C: threshold of Chinese fever clinics (axillary; verify); that fever alone suffices: product choice',
    },
    {
      id: 'contact-with-symptoms',
      precaution: 'fever-clinic',
      allOf: [[says('feverContact')], [says('respiratorySymptoms'), says('rash'), says('diarrhoea')]],
      source: '医疗机构传染病预检分诊管理办法 (2005) asks for the epidemiological history; the rule: product choice',
    },
    {
      id: 'fever-with-respiratory-symptoms',
      precaution: 'respiratory-isolation',
      allOf: [fever, [says('respiratorySymptoms')]],
      source: 'product choice after WS/T 311 (verify)',
    },
    {
      id: 'fever-with-rash',
      precaution: 'respiratory-isolation',
      allOf: [fever, [says('rash')]],
      source: 'product choice: measles and varicella are airborne',
    },
    {
      id: 'contact-with-respiratory-symptoms',
      precaution: 'respiratory-isolation',
      allOf: [[says('feverContact')], [says('respiratorySymptoms')]],
      source: 'product choice after WS/T 311 (verify)',
    },
    {
      id: 'resistant-organism',
      precaution: 'contact-isolation',
      allOf: [[says('resistantOrganism')]],
      source: 'WS/T 311 (verify)',
    },
    {
      id: 'diarrhoea',
      precaution: 'enteric-isolation',
      allOf: [[says('diarrhoea')]],
      source: 'product choice after WS/T 311 (verify)',
    },
    {
      id: 'immunosuppressed',
      precaution: 'protective-isolation',
      allOf: [[says('immunosuppressed')]],
      source: 'product choice: keep apart from whoever may infect them',
    },
  ],
};
