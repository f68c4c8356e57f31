const zh = {
  calling: '请就诊',
  next: '请准备',
  waits: '预计等候',
  room: '诊室',
  nobody: '暂无',
  unknown: '暂无法估计',
  about: (n: number) => (n === 0 ? '随到随看' : `约 ${n} 分钟`),
  minutes: (a: number, b: number) => `${a}/${b} 分钟`,
  level: (l: string) => `${l} 级`,
  none: '未分级',
  stale: (t: string) => `数据截至 ${t}`,
  dead: '请以护士站通知为准',
  refused: '此屏幕的授权已失效，请联系信息科',
  connecting: '正在连接…',
  waiting: '候诊人数',
  over: '超时候诊',
  called: '已呼叫',
  reassess: '待复评',
  toSign: '待签署',
  overdue: (n: number) => `其中超时 ${n}`,
} as const;
type Words = {
  readonly [K in keyof typeof zh]: (typeof zh)[K] extends (...given: infer G) => string
    ? (...given: G) => string
    : string;
};
const en: Words = {
  calling: 'Please come in',
  next: 'Next',
  waits: 'Expected wait',
  room: 'Room',
  nobody: 'Nobody',
  unknown: 'cannot tell yet',
  about: (n) => (n === 0 ? 'at once' : `about ${n} min`),
  minutes: (a, b) => `${a}/${b} min`,
  level: (l) => `Level ${l}`,
  none: 'not assessed',
  stale: (t) => `As of ${t}`,
  dead: 'Please follow the nurses’ station',
  refused: 'This screen is no longer allowed; please call IT',
  connecting: 'Connecting…',
  waiting: 'Waiting',
  over: 'Over the limit',
  called: 'Called',
  reassess: 'To re-assess',
  toSign: 'To sign',
  overdue: (n) => `${n} overdue`,
};

/** The words of a board: `?lang=en` in its address, else Chinese. */
export const words: Words = new URLSearchParams(location.search).get('lang') === 'en' ? en : zh;
