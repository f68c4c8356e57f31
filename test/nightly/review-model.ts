import fc from 'fast-check';

/** The oracle: what is known of one review, and nothing else. */
export interface ModelReview {
  /** How many drafts there were; the last one is on offer. */
  drafts: number;
  holder: number | null;
  /** The version of each person's unfinished edit, and the draft each was shown last. */
  readonly edits: [number, number];
  readonly shown: [number, number];
  readonly judged: [boolean, boolean];
  outcome: { readonly action: Action; readonly by: number } | null;
}

/** The oracle of a sequence: its reviews in the order in which they were opened. */
export interface Model {
  readonly reviews: ModelReview[];
  /** Whether the gate lets people reject. */
  readonly rejectable: boolean;
  /** Whether it asks for a person's own judgement before it shows a draft. */
  readonly judgesFirst: boolean;
}

/** How a review can be decided. */
export type Action = 'approve' | 'amend' | 'manual' | 'reject';

/** What was answered: `done`, or the code of the refusal. */
export type Outcome = string;

/** How a review really stands, in the model's words. */
export interface Standing {
  readonly outcome: { readonly action: string; readonly by: number } | null;
  readonly holder: number | null;
}

/** Two people at the real reviews, which are told apart by the order in which they were opened. */
export interface Real {
  /** Opens a review; answers how many drafts it has, once those that come by themselves are there. */
  create(): Promise<number>;
  draft(review: number): Promise<void>;
  /** Judges, where the gate asks for it, and looks at the draft. */
  look(person: number, review: number): Promise<Outcome>;
  claim(person: number, review: number): Promise<Outcome>;
  release(person: number, review: number): Promise<Outcome>;
  edit(person: number, review: number, version: number): Promise<Outcome>;
  escalate(person: number, review: number): Promise<Outcome>;
  /** Signs what the person was shown last; `stale` on a version of the review that is not the current one. */
  sign(person: number, review: number, how: { action: Action; stale: boolean }): Promise<Outcome>;
  /** Sends the last signature of a review again, or wakes its workflow for nothing. */
  repeat(review: number): Promise<void>;
  /** Kills or restarts a process and waits until it is back. */
  disturb(how: Disturbance): Promise<void>;
  standing(review: number): Promise<Standing>;
}

/** What may happen to the processes. */
export type Disturbance = 'crash worker' | 'crash API' | 'restart';

type Command = fc.AsyncCommand<Model, Real>;

interface At {
  readonly person: 0 | 1;
  readonly review: number;
}

const held = ({ holder }: ModelReview, person: number): boolean => holder !== null && holder !== person;

const over = ({ outcome }: ModelReview): Outcome | null => (outcome === null ? null : 'ALREADY_DECIDED');

const claimed = (review: ModelReview, person: number): Outcome =>
  over(review) ?? (held(review, person) ? 'CLAIM_HELD' : 'done');

/** What the signature must be answered with, in the order in which the guards stand. */
const signed = (model: Model, review: ModelReview, person: 0 | 1, how: { action: Action; stale: boolean }): Outcome => {
  const signsDraft = how.action === 'approve' || how.action === 'amend';
  const refusals: readonly (readonly [boolean, Outcome])[] = [
    [review.outcome !== null, 'ALREADY_DECIDED'],
    [held(review, person), 'CLAIM_HELD'],
    [how.action === 'reject' && !model.rejectable, 'ACTION_NOT_ALLOWED'],
    [how.stale, 'VERSION_MISMATCH'],
    [signsDraft && review.drafts === 0, 'NO_DRAFT'],
    [signsDraft && model.judgesFirst && !review.judged[person], 'JUDGEMENT_REQUIRED'],
    [signsDraft && review.shown[person] !== review.drafts, 'STALE_DRAFT'],
  ];
  return refusals.find(([holds]) => holds)?.[1] ?? 'done';
};

const agree = (what: string, real: unknown, model: unknown): void => {
  if (JSON.stringify(real) !== JSON.stringify(model))
    throw new Error(`${what}: ${JSON.stringify(real)}, and the model says ${JSON.stringify(model)}`);
};

const standingOf = ({ outcome, holder }: ModelReview): Standing => ({
  outcome,
  holder: outcome === null ? holder : null,
});

/** A command on one of the reviews there are; afterwards that review stands as the model says. */
const on = (
  name: string,
  { person, review: chosen }: At,
  run: (at: { model: Model; real: Real; review: ModelReview; at: number; person: 0 | 1 }) => Promise<void>,
): Command => ({
  check: ({ reviews }) => reviews.length > 0,
  run: async (model, real) => {
    const at = chosen % model.reviews.length;
    const review = model.reviews[at]!;
    await run({ model, real, review, at, person });
    agree(`standing after ${name}`, await real.standing(at), standingOf(review));
  },
  toString: () => `${name}(${person}, ${chosen})`,
});

const create: Command = {
  check: ({ reviews }) => reviews.length < 4,
  run: async ({ reviews }, real) => {
    const drafts = await real.create();
    reviews.push({ drafts, holder: null, edits: [0, 0], shown: [0, 0], judged: [false, false], outcome: null });
  },
  toString: () => 'create()',
};

const draft = (given: At): Command =>
  on('draft', given, async ({ real, review, at }) => {
    if (review.outcome !== null || review.drafts > 0) return;
    await real.draft(at);
    review.drafts += 1;
  });

const look = (given: At): Command =>
  on('look', given, async ({ model, real, review, at, person }) => {
    agree('look', await real.look(person, at), 'done');
    review.judged[person] ||= claimed(review, person) === 'done';
    if (review.judged[person] || !model.judgesFirst) review.shown[person] = review.drafts;
  });

const claim = (given: At): Command =>
  on('claim', given, async ({ real, review, at, person }) => {
    const expected = claimed(review, person);
    agree('claim', await real.claim(person, at), expected);
    if (expected === 'done') review.holder = person;
  });

const release = (given: At): Command =>
  on('release', given, async ({ real, review, at, person }) => {
    const expected = claimed(review, person);
    agree('release', await real.release(person, at), expected);
    if (expected === 'done') review.holder = null;
  });

const edit = (given: At, stale: boolean): Command =>
  on(stale ? 'edit stale' : 'edit', given, async ({ real, review, at, person }) => {
    const version = review.edits[person];
    const expected = over(review) ?? (stale ? 'VERSION_MISMATCH' : 'done');
    agree('edit', await real.edit(person, at, stale ? version + 1 : version), expected);
    if (expected === 'done') review.edits[person] += 1;
  });

const escalate = (given: At): Command =>
  on('escalate', given, async ({ real, review, at, person }) =>
    agree('escalate', await real.escalate(person, at), over(review) ?? 'done'),
  );

const sign = (given: At, how: { action: Action; stale: boolean }): Command =>
  on(`${how.action}${how.stale ? ' stale' : ''}`, given, async ({ model, real, review, at, person }) => {
    const expected = signed(model, review, person, how);
    agree(how.action, await real.sign(person, at, how), expected);
    if (expected === 'done') review.outcome = { action: how.action, by: person };
  });

const repeat = (given: At): Command => on('repeat', given, ({ real, at }) => real.repeat(at));

const disturb = (how: Disturbance): Command => ({
  check: ({ reviews }) => reviews.length > 0,
  run: async ({ reviews }, real) => {
    await real.disturb(how);
    for (const [at, review] of reviews.entries())
      agree(`standing after ${how}`, await real.standing(at), standingOf(review));
  },
  toString: () => how,
});

/**
 * Sequences of at most so many commands; `disturbances` are drawn as often as one of the others. `replayPath` is what
 * fast-check printed with a failing sequence, to run that one again.
 */
export const sequences = (maxCommands: number, disturbances: readonly Disturbance[], replayPath?: string) => {
  const at = fc.record({ person: fc.constantFrom(0 as const, 1 as const), review: fc.nat(3) });
  const how = fc.record({
    action: fc.constantFrom<Action>('approve', 'approve', 'amend', 'manual', 'reject'),
    stale: fc.integer({ min: 0, max: 3 }).map((drawn) => drawn === 0),
  });
  return fc.commands(
    [
      fc.constant(create),
      at.map(draft),
      at.map(look),
      at.map(claim),
      at.map(release),
      fc.tuple(at, fc.boolean()).map(([given, stale]) => edit(given, stale)),
      at.map(escalate),
      fc.tuple(at, how).map(([given, signing]) => sign(given, signing)),
      at.map(repeat),
      ...disturbances.map((each) => fc.constant(disturb(each))),
    ],
    { maxCommands, size: 'max', ...(replayPath !== undefined && { replayPath }) },
  );
};
