import { z } from 'zod';
import { changedFields } from '#libs/crypto/changed-fields';
import { answersIn, type StoredNote } from '#libs/db/stores/note.store';
import { type DraftAnswers } from '#libs/review/notes';
import { suspicions } from '#libs/llm/suspicion';
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

/**
 * A draft that came after the patience of the gate is offered beside, never put over what a person does. One that somebody
 * asked for again is awaited, however late.
 */
const isLate = (
  { createdAt, redraftRound }: { createdAt: Date; redraftRound: number },
  { manualAt }: { manualAt: Date },
): boolean => redraftRound === 0 && createdAt > manualAt;

const recordSchema = z.object({
  promptId: z.string().nullable().catch(null),
  promptVersion: z.number().nullable().catch(null),
  modelConfigured: z.string().nullable().catch(null),
  modelAnswered: z.string().nullable().catch(null),
  rehearsal: z.boolean().catch(false),
  suspicions: z.array(z.enum(suspicions)).catch([]),
});

/** The draft with everything its label needs; null where this person may not see one (yet). */
export const draftViewOf = (file: ReviewFile): ReviewView['draft'] => {
  const { draft, draftBefore, gate, review } = file;
  if (draft === null || !isDraftVisible(file)) return null;
  const content = draftAsShown(gate, draft.content, review.floor);
  if (content === null) return null;
  const proposes = gate.rules.contentOf(content);
  const how = recordSchema.parse(draft.row.record);
  return {
    version: draft.row.version,
    sha256: draft.row.sha256,
    content,
    approvable: proposes !== null,
    proposes,
    createdAt: draft.row.createdAt.toISOString(),
    offered: isLate(draft.row, review),
    basedOnFact: draft.row.basedOnFact,
    redraftRound: draft.row.redraftRound,
    changedSince: draftBefore && {
      version: draftBefore.row.version,
      fields: changedFields(draftAsShown(gate, draftBefore.content, review.floor), content).filter((field) =>
        gate.rules.fields.includes(field),
      ),
      collateral: [...(offered(file, draft.row.version)?.collateral ?? [])],
    },
    model: how.modelAnswered ?? how.modelConfigured,
    promptId: how.promptId,
    promptVersion: how.promptVersion,
    rehearsal: how.rehearsal,
    suspicions: how.suspicions,
  };
};

const offered = ({ events }: ReviewFile, version: number): DraftAnswers | null => {
  const event = events.find(({ uniqueKey }) => uniqueKey === `draft:${version}`);
  return event ? answersIn(event) : null;
};

/** Who asked for what, and what became of it in each version that was offered since. */
export const redraftViewOf = (file: ReviewFile, notes: readonly StoredNote[]): ReviewView['redraft'] => {
  const { review, gate, roundOver, events, names } = file;
  const versions = events.filter(({ kind }) => kind === 'draft-offered').map(({ data }) => data as { version: number });
  const outcomesOf = (id: number) =>
    versions.flatMap(({ version }) => {
      const answer = offered(file, version)?.notes.find((one) => one.id === id);
      return answer ? [{ version, outcome: answer.outcome, changed: answer.changed }] : [];
    });
  return {
    round: review.redraftRound,
    pending: review.state === 'open' && !roundOver,
    fields: [...gate.rules.fields],
    // Notes on a draft say something of it.
    notes: (mayKnowDraft(file) ? notes : []).map(({ id, text, field, onVersion, askedBy, at }) => ({
      id,
      text,
      field,
      onVersion,
      by: askedBy === null ? null : (names.get(askedBy) ?? null),
      at: at.toISOString(),
      outcomes: outcomesOf(id),
    })),
  };
};
