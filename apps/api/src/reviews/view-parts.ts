import { type SignatureEntity } from '#libs/db/entities/signature.entity';
import { signedContent, signedReason } from '#libs/db/stores/decision.store';
import { eventNote } from '#libs/db/stores/review-event.store';
import { type Tx } from '#libs/db/transaction';
import { type DecisionAction } from '#libs/review/gate';
import { type ReviewFile } from './review-file';
import { mayKnowDraft } from './view-draft';
import { type ReviewView } from './view.schema';

/** The patient banner. */
export const patientViewOf = ({ patient, identity, identifiers }: ReviewFile): ReviewView['patient'] => ({
  patientId: patient.id,
  name: identity.name,
  sex: identity.sex,
  birthDate: identity.birthDate,
  ageDays: identity.ageDays,
  ageEstimated: identity.ageEstimated,
  unidentified: identity.unidentified,
  identifiers: identifiers.map(({ authority, type, value }) => ({ authority, type, value })),
});

/** The facts of the case, oldest first, with who recorded them. */
export const factViewsOf = ({ facts, overtaking, names }: ReviewFile): ReviewView['facts'] =>
  facts.map(({ fact, content }) => ({
    factId: fact.id,
    kind: fact.kind,
    source: fact.source,
    content,
    effectiveAt: fact.effectiveAt.toISOString(),
    recordedAt: fact.recordedAt.toISOString(),
    recordedBy: nameOf(names, fact.recordedBy),
    overtakes: overtaking.get(fact.id) ?? null,
  }));

/** The facts that came after what the draft on offer was based on: those that overtook it, and those that did not. */
export const laterFactsOf = ({
  facts,
  overtaking,
  draft,
}: ReviewFile): Pick<ReviewView, 'staleFacts' | 'newerFacts'> => {
  const base = facts.findIndex(({ fact }) => fact.id === draft?.row.basedOnFact);
  const later = draft === null ? [] : facts.slice(base + 1).map(({ fact }) => fact.id);
  return {
    staleFacts: later.filter((id) => overtaking.has(id)),
    newerFacts: later.filter((id) => !overtaking.has(id)),
  };
};

/** A signature with what was signed. */
export const signatureViewOf = (tx: Tx, signature: SignatureEntity): ReviewView['signatures'][number] => ({
  signatureId: signature.id,
  sequence: signature.sequence,
  action: signature.action as DecisionAction,
  meaning: signature.meaning,
  name: signature.printedName,
  role: signature.role,
  licenceNo: signature.licenceNo,
  signedAt: signature.signedAt.toISOString(),
  reasonCode: signature.reasonCode,
  reasonText: signedReason(tx, signature),
  contentSha256: signature.contentSha256,
  content: signedContent(tx, signature),
});

/** The decision of a review that is over. */
export const decisionViewOf = ({ decision }: ReviewFile): ReviewView['decision'] =>
  decision && {
    decisionId: decision.id,
    action: decision.action as DecisionAction,
    decidedAt: decision.decidedAt.toISOString(),
    committedAt: decision.committedAt?.toISOString() ?? null,
  };

const people = ['from', 'to', 'after'];
const told = ['round', 'notes', 'until', 'tell', 'version', 'floor', 'code', 'factId', 'signatureId', 'handoverId'];
const toldOfDraft = ['answers', 'collateral'];

/** What happened to the review: who, when, and what others may know of it (no digests, no records of a model). */
export const eventViewsOf = (tx: Tx, file: ReviewFile): ReviewView['events'] => {
  const { events, names } = file;
  const keys = mayKnowDraft(file) ? [...told, ...toldOfDraft] : told;
  return events.map((event) => ({
    kind: event.kind,
    at: event.at.toISOString(),
    by: nameOf(names, event.byId) ?? (event.byKind === 'user' ? null : event.byKind),
    data: eventData(event.data, names, keys),
    note: event.kind === 'redraft-asked' ? null : eventNote(tx, event),
  }));
};

const eventData = (
  data: object,
  names: ReadonlyMap<string, string>,
  keys: readonly string[],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
      if (people.includes(key)) return [[key, typeof value === 'string' ? nameOf(names, value) : null]];
      return keys.includes(key) ? [[key, value]] : [];
    }),
  );

const nameOf = (names: ReadonlyMap<string, string>, id: string | null): string | null =>
  id === null ? null : (names.get(id) ?? null);
