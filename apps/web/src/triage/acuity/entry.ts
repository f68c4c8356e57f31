import { type AcuityContent, type AcuityDraft } from '#libs/processes/triage/triage.contract';
import { type Level } from '#libs/processes/triage/triage.level';
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

/** The draft of a review as this process writes it; null when none is shown. */
export const acuityDraftOf = ({ draft }: Review): AcuityDraft | null => (draft ? (draft.content as AcuityDraft) : null);
