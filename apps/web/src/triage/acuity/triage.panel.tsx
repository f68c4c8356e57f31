import { acuity } from '#libs/processes/triage/triage.contract';
import { type Level } from '#libs/processes/triage/triage.level';
import { type Review } from '../../api/types';
import { type Panel } from '../../reviews/panel';
import { AcuityDraftView } from './AcuityDraftView';
import { AcuityForm } from './AcuityForm';
import { AcuityLine } from './AcuityLine';
import { AcuitySources } from './AcuitySources';
import { AcuityValue } from './AcuityValue';
import { acuityContent, acuityDraftOf, type AcuityEntry, acuityForm } from './entry';
import { useAcuityRounds } from './use-rounds';

const judgedOf = ({ judgement }: Review): { level: Level; note: string } | null =>
  judgement ? (judgement.content as { level: Level; note: string }) : null;

const { rules } = acuity;

/** The gate `acuity` of triage in the review shell. */
export const triagePanel: Panel<AcuityEntry> = {
  Sources: AcuitySources,
  Form: AcuityForm,
  Draft: AcuityDraftView,
  Line: AcuityLine,
  Value: AcuityValue,
  fields: ['level', 'department', 'note'],
  nameOf: (field) => `triage:acuity.fields.${field}`,
  formOf: acuityForm,
  blank: (review) => {
    const judged = judgedOf(review);
    return { level: judged?.level ?? null, department: '', note: judged?.note ?? '' };
  },
  judgementOf: ({ level, note }) => (level === null ? null : { level, note: note.trim() }),
  contentOf: acuityContent,
  needsReason: (review, entry) => {
    const content = acuityContent(entry);
    if (content === null) return false;
    const draft = acuityDraftOf(review);
    const judged = judgedOf(review);
    return (
      (draft !== null && rules.differsFromDraft(content, draft)) ||
      (judged !== null && rules.differsFromJudgement(content, judged)) ||
      rules.belowFloor(content, review.floor)
    );
  },
  isDraft: (review, entry) => {
    const draft = acuityDraftOf(review);
    const drafted = draft === null ? null : rules.contentOf(draft);
    return drafted !== null && JSON.stringify(drafted) === JSON.stringify(acuityContent(entry));
  },
  drafted: (review) => {
    const draft = acuityDraftOf(review);
    return draft && { level: draft.level, department: draft.department ?? '' };
  },
  ruled: ({ floor }) => (floor === null ? null : { level: floor as Level }),
  useRounds: useAcuityRounds,
};
