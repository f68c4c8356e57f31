import { type AcuityContent, type AcuityDraft } from '#libs/processes/triage/triage.contract';
import { type Level, levels } from '#libs/processes/triage/triage.level';
import { type Review } from '../../api/types';

/** What the form holds: the content that is signed, with the level still open. */
export interface AcuityEntry {
  readonly level: Level | null;
  readonly department: string;
  readonly note: string;
}

/** The entry as what is signed; null while no level is chosen. */
export const acuityContent = ({ level, department, note }: AcuityEntry): AcuityContent | null =>
  level === null ? null : { level, department: department.trim() || null, note: note.trim() };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The form of something that was kept, judged or signed; what is none of a form is left empty. */
export const acuityForm = (content: unknown): AcuityEntry => {
  const { level, department, note } = (content ?? {}) as Readonly<Record<string, unknown>>;
  return {
    level: levels.find((one) => one === level) ?? null,
    department: textOf(department),
    note: textOf(note),
  };
};

/** The draft of a review as this process writes it; null when none is shown. */
export const acuityDraftOf = ({ draft }: Review): AcuityDraft | null => (draft ? (draft.content as AcuityDraft) : null);
