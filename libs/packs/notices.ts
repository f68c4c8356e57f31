import type { Text } from './text';

/** What the rules tell the reader beside a level; each text once. */
export const noticeTexts = {
  'reference-pack': { zh: '参考规则包，未经临床验证', en: 'reference pack, not validated for clinical use' },
  'nothing-measured': {
    zh: '尚无可用于分级的测量值，规则未给出级别',
    en: 'nothing measured that a level could rest on: the rules give none',
  },
  incomplete: {
    zh: '数据不完整：规则级别只是下限，缺项不按正常计',
    en: 'incomplete: the floor is a lower bound, what is missing was not taken as normal',
  },
  'age-unknown': {
    zh: '年龄未知：暂按成人表判定，请填写估计年龄',
    en: 'age unknown: provisional by the adult table; enter an estimate',
  },
  'age-estimated': { zh: '年龄为估计值', en: 'the age is an estimate' },
  'no-paediatric-table': {
    zh: '未加载该年龄的儿童分诊表，按成人表判定',
    en: 'no paediatric table is loaded for this age, the adult table was used',
  },
  'score-not-for-pregnancy': { zh: '妊娠：早期预警评分不适用', en: 'pregnant: the early-warning score does not apply' },
  'score-not-for-age': {
    zh: '早期预警评分不适用于该年龄',
    en: 'the early-warning score was not made for this age',
  },
  'spo2-scale-2': {
    zh: 'NEWS2 采用血氧量表 2（高碳酸血症，目标 88–92%）',
    en: 'NEWS2 uses SpO2 scale 2 (hypercapnic failure, target 88-92 %)',
  },
  'no-dyspnoea': {
    zh: '已记录无呼吸困难：低血氧未按“伴呼吸困难”计级',
    en: 'no dyspnoea recorded: low SpO2 gave no level by the rule "with dyspnoea"',
  },
  'infection-precautions': {
    zh: '感染或发热接触：按发热门诊/隔离流程处置',
    en: 'suspected infection or fever contact: follow the fever clinic and isolation pathway',
  },
  'indicator-unknown': {
    zh: '所勾选的指标不在当前目录中，未参与建议',
    en: 'a ticked indicator is not in the loaded catalogue and proposes nothing',
  },
  concern: { zh: '护士或家属担忧：请立即复评', en: 'concern of nurse or family: assess again at once' },
} as const satisfies Record<string, Text>;

/** The code of a notice. */
export type NoticeCode = keyof typeof noticeTexts;

/** One notice with its text. */
export type Notice = Text & { readonly code: NoticeCode };

/** The notice of a code, with the pack's own words where it has some. */
export const notice = (code: NoticeCode, text: Text = noticeTexts[code]): Notice => ({ code, ...text });
