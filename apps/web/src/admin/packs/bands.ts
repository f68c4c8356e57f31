import { type Band } from '#libs/packs/pack.types';

/** An end of a band: whether its edge belongs to it, and where it is; null where the band has no such end. */
export interface End {
  readonly includes: boolean;
  readonly at: number;
}

/** Where a band begins. */
export const beginOf = ({ from, above }: Band): End | null => {
  if (from !== undefined) return { includes: true, at: from };
  return above === undefined ? null : { includes: false, at: above };
};

/** Where a band ends. */
export const endOf = ({ to, below }: Band): End | null => {
  if (to !== undefined) return { includes: true, at: to };
  return below === undefined ? null : { includes: false, at: below };
};

/** The band with another beginning. */
export const withBegin = <B extends Band>(band: B, begin: End | null): B => {
  const { from: _from, above: _above, ...rest } = band;
  if (begin === null) return rest as B;
  return { ...(begin.includes ? { from: begin.at } : { above: begin.at }), ...rest } as B;
};

/** The band with another end. */
export const withEnd = <B extends Band>(band: B, end: End | null): B => {
  const { to: _to, below: _below, ...rest } = band;
  if (end === null) return rest as B;
  return { ...rest, ...(end.includes ? { to: end.at } : { below: end.at }) } as B;
};

/** A band as it is read: `40–50`, `> 180`, `≥ 150 < 180`, `C, V`. */
export const bandText = (band: Band): string => {
  if (band.in) return band.in.map(String).join(', ');
  const [begin, end] = [beginOf(band), endOf(band)];
  if (begin?.includes === true && end?.includes === true)
    return begin.at === end.at ? `= ${end.at}` : `${begin.at}–${end.at}`;
  return [
    ...(begin ? [`${begin.includes ? '≥' : '>'} ${begin.at}`] : []),
    ...(end ? [`${end.includes ? '≤' : '<'} ${end.at}`] : []),
  ].join(' ');
};
