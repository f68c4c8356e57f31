import type { Preferences } from './preferences';

/** The preferences of a person who never said any, for the browser, which has no use for the schema they come from. */
export const firstDay: Preferences = {
  language: 'zh-CN',
  theme: 'system',
  nightShift: { mode: 'off', from: '22:00', to: '06:00' },
  sound: true,
  keyboard: { shortcuts: true, remaps: {} },
  waitColours: { on: false, warnPercent: 80, latePercent: 100 },
  tables: {},
};
