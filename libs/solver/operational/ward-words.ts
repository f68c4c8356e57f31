import type { HardRule, Reason } from './hard-rules';
import type { SoftRule } from './soft-costs';
import type { Change } from './unplaced';

/** A text in each language of the product. */
export type Words = Readonly<Record<'zh' | 'en', string>>;
export type Language = keyof Words;

/** What each hard rule is about. */
export const ruleWords = {
  H1: { zh: '床位状态', en: 'state of the bed' },
  H2: { zh: '占用', en: 'occupancy' },
  H3: { zh: '性别', en: 'sex' },
  H4: { zh: '年龄', en: 'age' },
  H5: { zh: '隔离', en: 'isolation' },
  H6: { zh: '设备', en: 'equipment' },
  H7: { zh: '护理级别', en: 'level of care' },
  H8: { zh: '护理人力', en: 'nurses' },
  H9: { zh: '重症收治专科', en: 'specialty for severe patients' },
  latest: { zh: '最晚时间', en: 'latest time' },
} as const satisfies Readonly<Record<HardRule, Words>>;

/** Why a rule is broken. */
export const reasonWords = {
  'reserved-for-another': { zh: '已为他人预留', en: 'reserved for somebody else' },
  closed: { zh: '床位已关闭', en: 'the bed is closed' },
  'not-ready': { zh: '届时尚未清洁完毕', en: 'not clean by then' },
  'not-cleaned': { zh: '前一位离开后来不及清洁', en: 'no time to clean it between two patients' },
  occupied: { zh: '届时仍有患者', en: 'somebody lies there then' },
  'sex-not-known': { zh: '性别未明，需单间', en: 'neither man nor woman by the record: needs a single room' },
  'room-for-male': { zh: '男性病房', en: 'the room is for men' },
  'room-for-female': { zh: '女性病房', en: 'the room is for women' },
  'other-sex': { zh: '同室为异性患者', en: 'patients of the other sex lie in the room' },
  'too-young': { zh: '低于病区收治年龄', en: 'too young for the ward' },
  'too-old': { zh: '高于病区收治年龄', en: 'too old for the ward' },
  'needs-negative-pressure-single': { zh: '需负压单间', en: 'needs a single room with negative pressure' },
  'needs-positive-pressure-single': { zh: '需正压单间', en: 'needs a single room with positive pressure' },
  roommate: { zh: '不得与同室患者同住', en: 'may not share the room with who lies there' },
  'needs-ward': { zh: '需普通病区', en: 'needs a ward' },
  'needs-hdu': { zh: '需中级监护（HDU）', en: 'needs high dependency care' },
  'needs-icu': { zh: '需重症监护（ICU）', en: 'needs intensive care' },
  'ward-not-staffed': { zh: '病区护士已满负荷', en: 'the ward has no nurse for one more' },
  'too-late': { zh: '晚于最晚时间', en: 'later than it is of use' },
} as const satisfies Readonly<Record<Reason, Words>>;

/** What each soft cost is about. */
export const costWords = {
  S1: { zh: '非本专科病区', en: 'not a ward of the specialty' },
  S2: { zh: '缺少希望的设备', en: 'preferred equipment missing' },
  S3: { zh: '房间大于希望', en: 'room larger than preferred' },
  S4: { zh: '在院患者换床', en: 'a patient in house is moved' },
  S5: { zh: '距主管团队远', en: 'far from the attending team' },
  S6: { zh: '非上次住院病区', en: 'another ward than at the earlier stay' },
  S7: { zh: '前一位患者可能延迟离开', en: 'who lies there may leave late' },
  S8: { zh: '候床超过目标时间', en: 'boarding above the target' },
  S9: { zh: '择期患者等待', en: 'an elective patient waits' },
  S10: { zh: '占用急诊预留床', en: 'a bed kept for emergencies' },
  S11: { zh: '相邻房间感染风险', en: 'risk of infection from the next room' },
} as const satisfies Readonly<Record<SoftRule, Words>>;

/** Changes that free a place; `{…}` are filled in. */
export const changeWords = {
  cleaning: { zh: '{time} 前完成 {bed} 的清洁', en: 'have {bed} clean by {time}' },
  move: { zh: '{time} 前将 {person} 移至 {bed}', en: 'move {person} to {bed} by {time}' },
  discharge: { zh: '{person} 提前 {hours} 小时于 {time} 离开', en: '{person} leaves at {time}, {hours} hours earlier' },
  exception: { zh: '{bed} 的例外：{rule}', en: 'an exception for {bed}: {rule}' },
} as const satisfies Readonly<Record<Change['kind'], Words>>;

/** The rest of a sentence. */
export const phrases = {
  rank: { zh: '{bed}，{time} 起，共 {points} 分', en: '{bed} from {time}, {points} points in all' },
  free: { zh: '无扣分', en: 'no cost' },
  cost: { zh: '{rule} {what}：{points} 分', en: '{rule} {what}: {points} points' },
  broken: { zh: '{rule} {what}：{why}', en: '{rule} {what}: {why}' },
  with: { zh: '（{people}）', en: ' ({people})' },
  missing: { zh: '缺 {items}', en: '{items} missing' },
  severe: { zh: '病区不收治 {specialty} 重症', en: 'the ward takes no severe patients of {specialty}' },
  binding: { zh: '最接近的床位受限于 {rules}', en: 'the nearest beds are closed by {rules}' },
  beds: { zh: '{what}（{beds} 张）', en: '{what} ({beds} beds)' },
  after: { zh: '之后可于 {time} 入住 {bed}', en: 'then {bed} can be had from {time}' },
  nothing: { zh: '没有可行的变更', en: 'no change that we know of frees a place' },
} as const satisfies Readonly<Record<string, Words>>;

/** A text with its places filled in. */
export const filled = (words: Words, language: Language, values: Readonly<Record<string, string | number>>): string =>
  words[language].replaceAll(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
