import { type AcuityContent } from '#libs/processes/triage/triage.contract';
import { LevelBadge } from '../LevelBadge';

/** A signed or judged level in one line. */
export const AcuityLine = ({ content }: { readonly content: unknown }) => {
  const { level, department, note } = content as Partial<AcuityContent>;
  return (
    <span>
      <LevelBadge level={level ?? null} /> {department} {note && <span className="quiet">{note}</span>}
    </span>
  );
};
