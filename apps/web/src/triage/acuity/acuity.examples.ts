import { type Assessment } from '#libs/processes/triage/triage.assessment';
import { acuity } from '#libs/processes/triage/triage.contract';
import { type Review } from '../../api/types';
import { example, exampleReview } from '../../panels/example';

const { at, uuid } = example;
const { gate, rules, examples } = acuity;

const fact = (n: number, minutes: number, content: Partial<Assessment>): Review['facts'][number] => ({
  factId: uuid(n),
  kind: 'assessment',
  source: 'person',
  content: { vitals: {}, flags: {}, complaint: '', measuredAt: at(minutes), ...content },
  effectiveAt: at(minutes),
  recordedAt: at(minutes),
  recordedBy: '王护士',
  overtakes: null,
});

const first = fact(20, -4, {
  complaint: '胸痛伴出汗两小时，含服硝酸甘油未缓解',
  vitals: { pulse: 104, systolic: 152, diastolic: 90, respiratoryRate: 22, spo2: 95, temperature: 36.8 },
  allergies: ['青霉素'],
});

const draft: NonNullable<Review['draft']> = {
  version: 1,
  sha256: 'a'.repeat(64),
  content: examples.draft,
  approvable: true,
  proposes: rules.contentOf(examples.draft),
  createdAt: at(-3),
  offered: false,
  basedOnFact: first.factId,
  redraftRound: 0,
  changedSince: null,
  model: 'rehearsal',
  promptId: 'triage',
  promptVersion: 3,
  rehearsal: true,
  suspicions: [],
};

const signing: Review['allowed'] = ['approve', 'amend', 'manual', 'redraft', 'defer', 'escalate', 'claim'];

const base = exampleReview({
  process: gate.process,
  step: gate.step,
  floor: 'III',
  gate: {
    mode: gate.mode,
    actions: [...gate.actions],
    reasonCodes: [...gate.reasonCodes],
    reviewers: [...gate.reviewers],
    secondSigners: gate.secondSigners && [...gate.secondSigners],
    stepUp: gate.stepUp,
    leaseSeconds: gate.leaseMs / 1000,
  },
  facts: [first],
  allowed: ['judge', 'manual', 'defer', 'escalate', 'claim'],
  redraft: { round: 0, pending: false, fields: [...rules.fields], notes: [] },
});

const judged: Review = {
  ...base,
  mode: 'draft',
  allowed: signing,
  judgement: { at: at(-1), content: examples.judgement },
  draft,
};

const later = { ...fact(21, -1, { vitals: { systolic: 86, pulse: 128 } }), overtakes: 'floor-changed' };
const lowered = { ...examples.draft, level: null };
const redrafted = { ...examples.draft, level: 'III' as const, addressedNotes: [1], unaddressedNotes: [2] };
const signature: Review['signatures'][number] = {
  signatureId: uuid(30),
  sequence: 1,
  action: 'amend',
  meaning: 'overridden',
  name: '李护士',
  role: 'triage_nurse',
  licenceNo: null,
  signedAt: at(-1),
  reasonCode: 'clinical-judgement',
  reasonText: '复测后平稳',
  contentSha256: 'b'.repeat(64),
  content: examples.below?.content,
};

/** Every face of the panel. */
export const acuityExamples: Readonly<Record<string, Review>> = {
  'own-first': base,
  agrees: judged,
  disagrees: { ...judged, judgement: { at: at(-1), content: { level: 'III', note: '' } } },
  'below-the-floor': {
    ...judged,
    floor: 'I',
    draft: { ...draft, content: lowered, approvable: false, proposes: null },
  },
  unsupported: {
    ...judged,
    draft: {
      ...draft,
      content: {
        ...examples.draft,
        reasons: [{ zh: '既往心梗', en: 'previous infarction', quote: '心梗', supported: false }],
      },
      suspicions: ['instruction'],
    },
  },
  late: { ...judged, mode: 'manual', draft: { ...draft, offered: true } },
  failed: { ...base, mode: 'manual', draftFailedCode: 'MODEL_UNREACHABLE' },
  off: { ...base, mode: 'manual', rollout: 'off', allowed: ['manual', 'defer', 'escalate', 'claim'] },
  overtaken: { ...judged, floor: 'II', facts: [first, later], staleFacts: [later.factId] },
  redrafted: {
    ...judged,
    draft: {
      ...draft,
      version: 2,
      content: redrafted,
      redraftRound: 1,
      changedSince: { version: 1, fields: ['level', 'department'], collateral: ['department'] },
    },
    redraft: {
      round: 1,
      pending: false,
      fields: [...rules.fields],
      notes: [
        {
          id: 1,
          text: '请按复测的血压重写依据',
          field: 'reasons',
          onVersion: 1,
          by: '王护士',
          at: at(-2),
          outcomes: [{ version: 2, outcome: 'claimed-unchanged', changed: false }],
        },
        {
          id: 2,
          text: '去向请写明楼层',
          field: null,
          onVersion: 1,
          by: '王护士',
          at: at(-2),
          outcomes: [{ version: 2, outcome: 'not-addressed', changed: true }],
        },
      ],
    },
  },
  held: {
    ...judged,
    claim: { userId: uuid(40), name: '李护士', until: at(8) },
    allowed: ['escalate'],
  },
  'second-signature': {
    ...judged,
    state: 'awaiting-second',
    version: 2,
    actingAs: 'charge_nurse',
    signatures: [signature],
    allowed: ['second-signature', 'decline', 'escalate', 'claim'],
  },
  'waits-for-second': {
    ...judged,
    state: 'awaiting-second',
    version: 2,
    signatures: [signature],
    allowed: ['withdraw-signature', 'escalate'],
  },
  decided: {
    ...judged,
    state: 'decided',
    version: 2,
    allowed: [],
    signatures: [signature],
    events: [
      { kind: 'claimed', at: at(-3), by: '李护士', data: { after: null }, note: null },
      { kind: 'draft-offered', at: at(-3), by: 'system', data: { version: 1 }, note: null },
      { kind: 'deferred', at: at(-2), by: '李护士', data: { until: at(5) }, note: '等待心电图' },
      { kind: 'escalated', at: at(-2), by: '李护士', data: { tell: 'charge_nurse' }, note: '请协助判断' },
      { kind: 'judged', at: at(-1), by: '李护士', data: {}, note: null },
    ],
  },
};
