import { distance } from 'fastest-levenshtein';
import { canonicalJson, digestOf } from '#libs/crypto/digest';
import { type DecisionMaterial } from '#libs/db/stores/decision.store';
import { type GateContract } from '#libs/processes/process.contract';
import { refuse, type Refusal } from '#libs/review/refusal';
import { type DecisionBody } from './decision.schema';

/** What a person signs, checked by the gate's schema and digested by the server. */
export interface SignedContent {
  readonly content: unknown;
  readonly contentSha256: string;
}

/** A stored draft as the floor in force lets it be seen; null when there is none or it no longer fits its schema. */
export const draftAsShown = (gate: GateContract, stored: unknown, floor: string | null): unknown => {
  const parsed = gate.schemas.draft.safeParse(stored);
  return parsed.success ? gate.rules.shown(parsed.data, floor) : null;
};

const signed = (content: unknown): SignedContent => ({ content, contentSha256: digestOf(content) });

/**
 * The content of a request: the draft's own for approve, the person's for amend and manual, nothing for reject.
 * Checked strictly by the gate's schema; nothing is coerced.
 */
export const contentOfRequest = (gate: GateContract, body: DecisionBody, draft: unknown): SignedContent | Refusal => {
  const given = body.content !== undefined;
  if (given && (body.action === 'approve' || body.action === 'reject'))
    return refuse('VALIDATION_FAILED', { paths: ['content'], rule: 'only amend and manual carry content' });
  if (body.action === 'reject') return signed(null);
  const drafted = body.action === 'approve' ? draftContent(gate, draft) : body.content;
  if (body.action === 'approve' && drafted === null)
    return refuse('ACTION_NOT_ALLOWED', { reason: 'the floor applies; amend or sign your own' });
  const parsed = gate.schemas.content.safeParse(drafted);
  return parsed.success
    ? signed(parsed.data)
    : refuse('VALIDATION_FAILED', { paths: parsed.error.issues.map(({ path }) => ['content', ...path].join('.')) });
};

const draftContent = (gate: GateContract, draft: unknown): unknown =>
  draft === null ? null : gate.rules.contentOf(draft);

/** How far the signed content is from the draft: Levenshtein over canonical JSON, 0 (same) to 1; null without a draft. */
export const editDistance = (gate: GateContract, content: unknown, draft: unknown): number | null => {
  const drafted = draftContent(gate, draft);
  if (drafted === null || content === null) return null;
  const [a, b] = [canonicalJson(drafted), canonicalJson(content)];
  return Math.round((distance(a, b) / Math.max(a.length, b.length)) * 1000) / 1000;
};

/** What makes a decision need a reason, and below the floor a second signature. */
export type Deviation = 'rejected' | 'differs-from-draft' | 'differs-from-judgement' | 'below-floor';

/** Why this content needs a reason: it differs from the draft shown, from the own judgement, or is below the floor. */
export const deviations = (
  gate: GateContract,
  content: unknown,
  against: { shownDraft: unknown; judgement: unknown; floor: string | null },
): Deviation[] => {
  if (content === null) return ['rejected'];
  const { rules } = gate;
  const { shownDraft, judgement, floor } = against;
  const found: Deviation[] = [];
  if (shownDraft !== null && rules.differsFromDraft(content, shownDraft)) found.push('differs-from-draft');
  if (judgement !== null && rules.differsFromJudgement(content, judgement)) found.push('differs-from-judgement');
  if (rules.belowFloor(content, floor)) found.push('below-floor');
  return found;
};

/** Seconds since this person first opened the review; null when it was never shown to them. */
export const secondsOpen = ({ view, now }: DecisionMaterial): number | null =>
  view.firstAt && Math.round((now.getTime() - view.firstAt.getTime()) / 1000);

/** Why nobody can have read what they signed: it was shown, or they signed something else, less than a second before. */
export type Haste = 'since-shown' | 'since-last-signature';

const hastyMs = 1000;

/** The signs of a signature that was given too fast; `draft` says whether a draft is signed, which may have come later. */
export const hasteOf = ({ view, lastSignedAt, now }: DecisionMaterial, { draft }: { draft: boolean }): Haste[] => {
  const within = (at: Date | null): boolean => at !== null && now.getTime() - at.getTime() < hastyMs;
  const signs: readonly (readonly [Haste, boolean])[] = [
    ['since-shown', within(view.firstAt) || (draft && within(view.draftAt))],
    ['since-last-signature', within(lastSignedAt)],
  ];
  return signs.flatMap(([sign, seen]) => (seen ? [sign] : []));
};

/** The haste of a signature as its audit row tells it: nothing where there was none. */
export const hasteDetail = (haste: readonly Haste[]): { readonly haste?: readonly Haste[] } =>
  haste.length === 0 ? {} : { haste };

/** How the decision came about; kept with the signature because it cannot be recovered later. */
export const provenanceOf = (
  body: DecisionBody,
  material: DecisionMaterial,
  how: { editDistance: number | null; deviations: readonly Deviation[]; haste: readonly Haste[] },
): Record<string, unknown> => ({
  ...how,
  secondsOpen: secondsOpen(material),
  evidenceOpened: body.evidenceOpened,
  shownSha256: material.view.sha256,
  clientShownSha256: body.shownSha256,
  draftVersionShown: material.view.draftVersion,
  judgedFirst: material.judgement !== null,
  acknowledgedFacts: body.acknowledgedFacts,
});
