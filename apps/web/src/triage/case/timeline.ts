import { type CaseView } from '../../api/types';

type Fact = CaseView['facts'][number];
type Move = CaseView['history'][number];
type ReviewSeen = CaseView['reviews'][number];
type Decision = NonNullable<ReviewSeen['decision']>;

/** One thing that happened to a patient, with who and when. */
export type Happened = { readonly id: string; readonly at: string; readonly by: string | null } & (
  | { readonly kind: 'fact'; readonly fact: Fact }
  | { readonly kind: 'move'; readonly move: Move }
  | { readonly kind: 'opened'; readonly review: ReviewSeen }
  | { readonly kind: 'withdrawn'; readonly review: ReviewSeen }
  | { readonly kind: 'decided'; readonly review: ReviewSeen; readonly decision: Decision }
  | { readonly kind: 'task'; readonly task: CaseView['tasks'][number] }
  | { readonly kind: 'notice'; readonly notice: CaseView['notices'][number] }
);

const ofReview = (review: ReviewSeen): Happened[] => {
  const { id, openedAt, withdrawnAt, decision } = review;
  return [
    { kind: 'opened', id: `${id}:opened`, at: openedAt, by: null, review },
    ...(withdrawnAt === null
      ? []
      : [{ kind: 'withdrawn', id: `${id}:withdrawn`, at: withdrawnAt, by: null, review } as const]),
    ...(decision === null
      ? []
      : [{ kind: 'decided', id: decision.id, at: decision.decidedAt, by: decision.by, review, decision } as const]),
  ];
};

/** Everything that happened to a patient, the newest first; a notice and a task count when somebody answered them. */
export const timelineOf = (view: CaseView): readonly Happened[] => {
  const all: Happened[] = [
    ...view.facts.map((fact): Happened => ({
      kind: 'fact',
      id: fact.id,
      at: fact.recordedAt,
      by: fact.recordedBy,
      fact,
    })),
    ...view.history.map((move): Happened => ({ kind: 'move', id: move.id, at: move.at, by: move.by, move })),
    ...view.reviews.flatMap(ofReview),
    ...view.tasks.flatMap((task): Happened[] =>
      task.doneAt === null ? [] : [{ kind: 'task', id: task.id, at: task.doneAt, by: task.doneBy, task }],
    ),
    ...view.notices.flatMap((notice): Happened[] =>
      notice.acknowledgedAt === null
        ? []
        : [{ kind: 'notice', id: notice.id, at: notice.acknowledgedAt, by: notice.acknowledgedBy, notice }],
    ),
  ];
  return all.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
};

/** The allergies as last told; null: nobody asked. */
export const allergiesOf = ({ facts }: Pick<CaseView, 'facts'>): readonly string[] | null =>
  facts.reduce<readonly string[] | null>(
    (known, { content }) => (content as { allergies?: readonly string[] } | null)?.allergies ?? known,
    null,
  );
