import { z } from 'zod';
import { raiseNotice } from '#libs/db/stores/notice.store';
import { type GateContract } from '#libs/processes/process.contract';
import { type Gate, overrideReasons } from '#libs/review/gate';
import { type Effect } from '../../apps/api/src/reviews/effect';
import { createReviewDeps, type ReviewDeps } from '../../apps/api/src/reviews/review-deps';

const contentSchema = z.strictObject({ dose: z.int().min(0).max(1000), text: z.string().max(200) });
const draftSchema = z.strictObject({ dose: z.int().min(0).max(1000).nullable(), text: z.string().max(200) });
const judgementSchema = z.strictObject({ dose: z.int().min(0).max(1000) });

type Content = z.infer<typeof contentSchema>;
type Draft = z.infer<typeof draftSchema>;
type Judgement = z.infer<typeof judgementSchema>;

const over = (dose: number, floor: string | null): boolean => floor !== null && dose > Number(floor);

/** A gate that no product process has, over content with a number; the floor is the highest safe dose. */
const sampleGate = (gate: Omit<Gate, 'process' | 'dueMs' | 'draftPatienceMs' | 'leaseMs' | 'reasonCodes'>) =>
  ({
    gate: {
      process: 'sample',
      dueMs: 300_000,
      draftPatienceMs: 15_000,
      leaseMs: 600_000,
      reasonCodes: [...overrideReasons],
      ...gate,
    },
    schemas: { content: contentSchema, draft: draftSchema, judgement: judgementSchema },
    rules: {
      contentOf: ({ dose, text }) => (dose === null ? null : { dose, text }),
      shown: (draft, floor) => (draft.dose !== null && over(draft.dose, floor) ? { ...draft, dose: null } : draft),
      fields: ['dose', 'text'],
      declared: () => ({ addressed: [], notAddressed: [] }),
      differsFromDraft: (content, draft) => draft.dose !== null && content.dose !== draft.dose,
      differsFromJudgement: (content, judgement) => content.dose !== judgement.dose,
      belowFloor: (content, floor) => over(content.dose, floor),
    },
    examples: {
      content: { dose: 20, text: 'twenty, once' },
      otherContent: { dose: 40, text: 'forty, once' },
      draft: { dose: 20, text: 'drafted by the sample model' },
      judgement: { dose: 20 },
      below: { floor: '30', content: { dose: 40, text: 'forty after all' } },
    },
  }) satisfies GateContract<Content, Draft, Judgement>;

/** Separates duties, asks for the password, can be rejected, and lets a clinical lead sign second. */
export const releaseGate = sampleGate({
  step: 'release',
  mode: 'evidence_first',
  reviewers: ['physician', 'charge_nurse'],
  actions: ['approve', 'amend', 'manual', 'reject'],
  events: ['redraft', 'escalate'],
  escalation: [{ afterMs: 60_000, tell: 'physician' }],
  assigners: ['charge_nurse'],
  secondSigners: ['clinical_lead', 'physician'],
  separation: true,
  stepUp: true,
});

/** As little as a gate can be: one signature, nothing to put off, nobody to tell. */
export const plainGate = sampleGate({
  step: 'plain',
  mode: 'rules_only',
  reviewers: ['charge_nurse'],
  actions: ['approve', 'manual'],
  events: [],
  escalation: [],
  assigners: [],
  secondSigners: null,
  separation: false,
  stepUp: false,
});

const sampleEffect: Effect<Content> = async (tx, { review, decisionId, content }) => {
  const uniqueKey = `sample-effect:${decisionId}`;
  await raiseNotice(tx, { kind: 'sample-effect', audience: 'physician', uniqueKey, reviewId: review.id });
  return { dose: content.dose };
};

/** The product's gates and the two of the tests, registered beside them and in no product code. */
export const sampleDeps = (timeScale = 1): ReviewDeps => {
  const product = createReviewDeps(timeScale);
  return {
    ...product,
    gates: [...product.gates, releaseGate as unknown as GateContract, plainGate as unknown as GateContract],
    effects: { ...product.effects, sample: sampleEffect as Effect<never> },
    views: { ...product.views, sample: () => Promise.resolve({ rules: { checked: true }, questions: [] }) },
  };
};
