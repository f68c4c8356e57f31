import { LevelBadge } from '../LevelBadge';

/** One field of the form, as it is compared. */
export const AcuityValue = ({ field, value }: { readonly field: string; readonly value: unknown }) => {
  if (typeof value !== 'string' || value === '') return <span className="quiet">—</span>;
  return field === 'level' ? <LevelBadge level={value} /> : <span>{value}</span>;
};
