import { z } from 'zod';
import { canonicalJson } from '#libs/crypto/digest';
import { draftAsShown } from './decision-content';
import { type ReviewFile } from './review-file';
import { type ReviewView } from './view.schema';

/** Whether this person may know what a draft says: never before their own judgement where that comes first. */
export const mayKnowDraft = ({ review, gate, judgement }: ReviewFile): boolean =>
  review.state === 'decided' || gate.gate.mode !== 'independent_first' || judgement !== null;

/** Whether the draft on offer is returned to this person; while the rollout is not `draft`, to nobody. */
export const isDraftVisible = (file: ReviewFile): boolean =>
  file.draft !== null && mayKnowDraft(file) && (file.review.state === 'decided' || file.rollout.mode === 'draft');

/** What the person works with: a draft, the wait for one (until the gate's patience ends), or their own hands. */
export const modeOf = ({ review, rollout, roundOver, draft, now }: ReviewFile): ReviewView['mode'] => {
  if (rollout.mode !== 'draft') return 'manual';
  if (draft !== null) return isLate(draft.row, review) ? 'manual' : 'draft';
  return !roundOver && now < review.manualAt ? 'waiting-for-draft' : 'manual';
};

/** A draft that came after the patience of the gate is offered beside, never put over what a person does. */
const isLate = ({ createdAt }: { createdAt: Date }, { manualAt }: { manualAt: Date }): boolean => createdAt > manualAt;

const recordSchema = z.object({
  promptId: z.string().nullable().catch(null),
  promptVersion: z.number().nullable().catch(null),
  modelConfigured: z.string().nullable().catch(null),
  modelAnswered: z.string().nullable().catch(null),
  rehearsal: z.boolean().catch(false),
});

/** The draft with everything its label needs; null where this person may not see one (yet). */
export const draftViewOf = (file: ReviewFile): ReviewView['draft'] => {
  const { draft, draftBefore, gate, review } = file;
  if (draft === null || !isDraftVisible(file)) return null;
  const content = draftAsShown(gate, draft.content, review.floor);
  if (content === null) return null;
  const { promptId, promptVersion, modelAnswered, modelConfigured, rehearsal } = recordSchema.parse(draft.row.record);
  return {
    version: draft.row.version,
    sha256: draft.row.sha256,
    content,
    approvable: gate.rules.contentOf(content) !== null,
    createdAt: draft.row.createdAt.toISOString(),
    offered: isLate(draft.row, review),
    basedOnFact: draft.row.basedOnFact,
    redraftRound: draft.row.redraftRound,
    changedSince: draftBefore && {
      version: draftBefore.row.version,
      fields: changedFields(draftAsShown(gate, draftBefore.content, review.floor), content),
    },
    model: modelAnswered ?? modelConfigured,
    promptId,
    promptVersion,
    rehearsal,
  };
};

/** The fields in which two drafts differ, so that a redraft cannot change something beside unseen. */
export const changedFields = (before: unknown, after: unknown): string[] => {
  const [a, b] = [fieldsOf(before), fieldsOf(after)];
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((key) => a[key] !== b[key]).toSorted();
};

const fieldsOf = (value: unknown): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries((value ?? {}) as object).map(([key, field]) => [key, canonicalJson(field)]));
