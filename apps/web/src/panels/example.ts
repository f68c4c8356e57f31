import { type Review, type Session } from '../api/types';

const at = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

/** A time some minutes from now, and a made-up id: what examples are made of. */
export const example = { at, uuid };

/** Somebody to look at the examples as. */
export const exampleSession: Session = {
  csrfToken: '',
  expiresAt: at(600),
  locked: false,
  mustChangePassword: false,
  user: { id: uuid(1), login: 'nurse', name: '王护士', licenceNo: null },
  organisation: { id: uuid(2), name: '示例医院', timeZone: 'Asia/Shanghai', isDemo: true },
  grants: [{ role: 'triage_nurse', wardId: uuid(3) }],
  wards: [{ id: uuid(3), name: '急诊' }],
} as unknown as Session;

/** A review with nothing in it yet, for a panel's examples to start from. */
export const exampleReview = (of: Partial<Review> & Pick<Review, 'process' | 'step'>): Review =>
  ({
    reviewId: uuid(10),
    caseId: uuid(11),
    wardId: uuid(3),
    round: 1,
    state: 'open',
    version: 1,
    openedAt: at(-4),
    dueAt: at(1),
    manualAt: at(-3),
    deferredUntil: null,
    floor: null,
    actingAs: 'triage_nurse',
    allowed: [],
    claim: null,
    patient: {
      patientId: uuid(12),
      name: '示例患者',
      sex: 'male',
      birthDate: null,
      ageDays: 22_000,
      ageEstimated: false,
      unidentified: false,
      identifiers: [{ authority: 'HIS', type: 'MRN', value: 'DEMO-0001' }],
    },
    facts: [],
    rules: null,
    questions: [],
    staleFacts: [],
    newerFacts: [],
    judgement: null,
    mode: 'waiting-for-draft',
    rollout: 'draft',
    draft: null,
    draftFailedCode: null,
    redraft: { round: 0, pending: false, fields: [], notes: [] },
    signatures: [],
    decision: null,
    events: [],
    amendmentVersion: 0,
    viewSha256: '0'.repeat(64),
    ...of,
  }) as Review;
