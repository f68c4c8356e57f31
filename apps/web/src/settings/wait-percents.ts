import { type Preferences } from '../preferences/preferences';

type WaitColours = Preferences['waitColours'];
type Percents = Pick<WaitColours, 'warnPercent' | 'latePercent'>;

/** A typed percentage; NaN for what is none. */
export const percentOf = (typed: string): number => (/^\d{1,4}$/.test(typed.trim()) ? Number(typed) : Number.NaN);

/** Whether the two can be kept: a wait is near its limit before it is over it. */
export const fits = ({ warnPercent, latePercent }: Percents): boolean =>
  warnPercent >= 1 && warnPercent < latePercent && latePercent <= 1000;

/** How a wait is coloured for this person; `over` where the level's limit has passed, whatever they prefer. */
export const waitTone = (
  { on, warnPercent, latePercent }: WaitColours,
  row: { readonly waitedSeconds: number; readonly limitSeconds: number | null; readonly overLimit: boolean },
): 'over' | 'near' | 'plain' => {
  if (row.overLimit) return 'over';
  if (!on || row.limitSeconds === null || row.limitSeconds === 0) return 'plain';
  const percent = (row.waitedSeconds / row.limitSeconds) * 100;
  if (percent >= latePercent) return 'over';
  return percent >= warnPercent ? 'near' : 'plain';
};
