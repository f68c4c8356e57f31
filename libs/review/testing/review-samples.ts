import { type Principal, type UserPrincipal } from '#libs/auth/principal';
import { type Role } from '#libs/auth/roles';
import { type Gate } from '../gate';
import { type SigningAttempt } from '../refusal';
import { type DecisionRequest, type ReviewFacts } from '../review';

/** A ward, some people and a moment, for the specs of the guards. */
export const ward = 'ward-1';
export const now = new Date('2026-11-23T08:00:00Z');
export const later = new Date('2026-11-23T08:05:00Z');
export const earlier = new Date('2026-11-23T07:55:00Z');
export const digest = 'a'.repeat(64);

/** Somebody with these roles on the ward (or on another one). */
export const person = (id: string, roles: readonly Role[], wardId: string | null = ward): UserPrincipal => ({
  kind: 'user',
  id,
  name: id,
  organisationId: 'hospital',
  sessionId: `session-${id}`,
  grants: roles.map((role) => ({ role, wardId })),
});

/** Whoever is no person. */
export const machines: readonly Principal[] = [
  { kind: 'service', id: 'm', name: 'machine', organisationId: 'hospital', scopes: ['triage:write'] },
  { kind: 'system', name: 'worker', organisationId: 'hospital' },
];

/** A gate with everything a gate can have. */
export const gate: Gate = {
  process: 'sample',
  step: 'check',
  mode: 'independent_first',
  reviewers: ['triage_nurse', 'charge_nurse'],
  actions: ['approve', 'amend', 'manual', 'reject'],
  events: ['redraft', 'defer', 'escalate'],
  dueMs: 300_000,
  draftPatienceMs: 15_000,
  leaseMs: 600_000,
  escalation: [{ afterMs: 60_000, tell: 'charge_nurse' }],
  assigners: ['charge_nurse'],
  secondSigners: ['physician', 'charge_nurse'],
  separation: false,
  stepUp: false,
  reasonCodes: ['clinical-judgement', 'data-wrong'],
};

/** An open review with a draft. */
export const review: ReviewFacts = {
  id: 'review-1',
  wardId: ward,
  state: 'open',
  version: 3,
  floor: 'II',
  draftVersion: 2,
  draftSha256: digest,
  claimedBy: null,
  leaseExpiresAt: null,
  initiators: ['starter'],
  staleFacts: [],
  unseenFacts: [],
  firstSignature: null,
};

/** A request to approve its draft. */
export const approval: DecisionRequest = {
  action: 'approve',
  version: 3,
  draftVersion: 2,
  draftSha256: digest,
  reasonCode: null,
  acknowledgedFacts: [],
};

/** A request to sign one's own content. */
export const manual: DecisionRequest = { ...approval, action: 'manual', draftVersion: 0, draftSha256: null };

/** A nurse who judged and was shown the draft, about to send this. */
export const attempt = (
  request: DecisionRequest = approval,
  more: Partial<SigningAttempt<DecisionRequest>> = {},
): SigningAttempt<DecisionRequest> => ({
  principal: person('nurse', ['triage_nurse']),
  reviewer: { judged: true, draftVersionShown: 2, reviewVersionShown: 3 },
  request,
  now,
  ...more,
});
