import type { AcuityLevel } from './acuity';
import type { Indicator, IndicatorPack } from './pack.types';
import { referenceHeader } from './reference-notice';
import type { Text } from './text';

const names = {
  I: {
    'cardiac-arrest': { zh: '心搏/呼吸骤停', en: 'cardiac or respiratory arrest' },
    'airway-lost': { zh: '气道不能维持', en: 'airway lost' },
    shock: { zh: '休克', en: 'shock' },
    'status-epilepticus': { zh: '癫痫持续状态', en: 'status epilepticus' },
    'major-polytrauma': { zh: '严重多发伤', en: 'major polytrauma' },
    'acute-overdose': { zh: '急性药物过量/中毒', en: 'acute overdose' },
    'active-harm': { zh: '正在自伤或伤人', en: 'actively harming self or others' },
    'child-convulsing': { zh: '小儿惊厥发作中', en: 'child convulsing now' },
  },
  II: {
    'severe-dyspnoea': { zh: '严重呼吸困难/气道有风险', en: 'severe dyspnoea or airway at risk' },
    'mottled-cold-skin': { zh: '皮肤湿冷花斑', en: 'mottled cold skin' },
    'suspected-sepsis': { zh: '疑似脓毒症', en: 'suspected sepsis' },
    stroke: { zh: '疑似脑卒中', en: 'stroke signs' },
    'cardiac-chest-pain': { zh: '心源性胸痛可能', en: 'chest pain of cardiac type' },
    'suspected-stemi': { zh: '疑似急性 ST 段抬高型心肌梗死', en: 'suspected STEMI' },
    'suspected-pulmonary-embolism': { zh: '疑似肺栓塞', en: 'suspected pulmonary embolism' },
    'suspected-aortic-dissection': { zh: '疑似主动脉夹层', en: 'suspected aortic dissection' },
    'suspected-ectopic-pregnancy': { zh: '疑似异位妊娠', en: 'suspected ectopic pregnancy' },
    'suspected-perforation': { zh: '疑似消化道穿孔', en: 'suspected perforation' },
    'suspected-torsion': { zh: '疑似卵巢或睾丸扭转', en: 'suspected torsion' },
    'active-bleeding': { zh: '活动性出血', en: 'active bleeding' },
    'febrile-neutropenia': { zh: '粒细胞缺乏伴发热', en: 'febrile neutropenia' },
    violent: { zh: '有暴力行为', en: 'violent behaviour' },
  },
  III: {
    'intermittent-seizure': { zh: '间断癫痫发作', en: 'intermittent seizure' },
    'abdominal-pain-elderly': { zh: '65 岁及以上腹痛', en: 'abdominal pain at 65 years or over' },
    'head-injury': { zh: '头部外伤', en: 'head injury' },
    dehydration: { zh: '脱水', en: 'dehydration' },
    'self-harm-risk': { zh: '有自伤风险', en: 'risk of self-harm' },
    'stable-neonate': { zh: '新生儿，情况稳定', en: 'stable neonate' },
  },
} as const satisfies Partial<Record<AcuityLevel, Record<string, Text>>>;

/** The id of a human-assessed indicator. */
export type IndicatorId = { [L in keyof typeof names]: keyof (typeof names)[L] }[keyof typeof names];

const indicators = Object.entries(names).flatMap(([level, group]) =>
  Object.entries(group).map(([id, name]: [string, Text]): Indicator => ({
    id,
    level: level as keyof typeof names,
    name,
  })),
);

/** All indicator ids, most urgent first. */
export const indicatorIds = indicators.map(({ id }) => id) as [IndicatorId, ...IndicatorId[]];

/** What a nurse sees and ticks (samples of the 2018 consensus); GCS and pain are measured and stand in the other packs. */
export const cnIndicators2018: IndicatorPack = {
  ...referenceHeader,
  kind: 'indicators',
  id: 'cn-indicators-2018',
  name: { zh: '人工评定指标（2018 共识）', en: 'Human-assessed indicators (2018 consensus)' },
  source: '中华急诊医学杂志 2018;27(6):599-604 (samples of a public transcription)',
  indicators,
};
