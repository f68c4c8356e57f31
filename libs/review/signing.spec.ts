import fc from 'fast-check';
import { decisionActions } from './gate';
import { decisionRefusal, secondSignatureRefusal } from './refusal';
import { type ReviewFacts, reviewStates } from './review';
import {
  approval,
  attempt,
  digest,
  earlier,
  gate,
  later,
  machines,
  manual,
  now,
  person,
  review,
} from './testing/review-samples';

const code = (refusal: { code: string } | null): string | null => refusal?.code ?? null;

describe('decisionRefusal', () => {
  it('lets a reviewer sign what was shown', () => {
    expect(decisionRefusal(gate, review, attempt())).toBeNull();
    expect(decisionRefusal(gate, review, attempt(manual))).toBeNull();
    expect(decisionRefusal(gate, { ...review, draftVersion: 0, draftSha256: null }, attempt(manual))).toBeNull();
  });

  it('tells the state first: who comes too late learns that, whatever else is wrong', () => {
    const late = { ...review, state: 'decided' as const, version: 9 };
    expect(code(decisionRefusal(gate, late, attempt(approval, { principal: person('x', []) })))).toBe(
      'ALREADY_DECIDED',
    );
  });

  it('lets through exactly what fulfils every condition', () => {
    let passed = 0;
    fc.assert(
      fc.property(situations, (situation) => {
        const { facts, request, who, policy } = situation;
        const refusal = decisionRefusal({ ...gate, ...policy }, reviewOf(facts), {
          principal: person('nurse', [who.role]),
          reviewer: { judged: who.judged, draftVersionShown: who.shown, reviewVersionShown: 0 },
          request: { ...request, reasonCode: null },
          now,
        });
        if (refusal === null) passed += 1;
        expect(refusal === null).toBe(conditions.every((holds) => holds(situation)));
      }),
      { numRuns: 5000 },
    );
    expect(passed).toBeGreaterThan(0);
  });
});

const situations = fc.record({
  facts: fc.record({
    state: fc.constantFrom(...reviewStates, 'open' as const, 'open' as const),
    version: fc.integer({ min: 1, max: 2 }),
    draftVersion: fc.constantFrom(0, 1, 2),
    claimedBy: fc.constantFrom(null, 'nurse', 'other'),
    lease: fc.constantFrom(earlier, later),
    initiators: fc.constantFrom<string[]>([], ['nurse'], ['other']),
    staleFacts: fc.subarray(['f1', 'f2']),
    unseenFacts: fc.subarray(['f1', 'f3']),
  }),
  request: fc.record({
    action: fc.constantFrom(...decisionActions),
    version: fc.integer({ min: 1, max: 2 }),
    draftVersion: fc.constantFrom(0, 1, 2),
    draftSha256: fc.constantFrom(null, digest, 'b'.repeat(64)),
    acknowledgedFacts: fc.subarray(['f1', 'f2', 'f3']),
  }),
  who: fc.record({
    role: fc.constantFrom('triage_nurse' as const, 'coder' as const),
    judged: fc.boolean(),
    shown: fc.constantFrom(0, 1, 2),
  }),
  policy: fc.record({
    separation: fc.boolean(),
    actions: fc.subarray([...decisionActions]),
    mode: fc.constantFrom('independent_first' as const, 'evidence_first' as const),
  }),
});

type Situation = typeof situations extends fc.Arbitrary<infer T> ? T : never;

const reviewOf = ({ lease, ...facts }: Situation['facts']): ReviewFacts => ({
  ...review,
  ...facts,
  draftSha256: facts.draftVersion === 0 ? null : digest,
  leaseExpiresAt: facts.claimedBy === null ? null : lease,
});

const signed = ({ request }: Situation): boolean => request.action === 'approve' || request.action === 'amend';

/** What a first signature needs, said a second time and in other words. */
const conditions: readonly ((situation: Situation) => boolean)[] = [
  ({ facts }) => facts.state === 'open',
  ({ who }) => who.role === 'triage_nurse',
  ({ facts }) => facts.claimedBy !== 'other' || facts.lease === earlier,
  ({ policy, request }) => policy.actions.includes(request.action),
  ({ policy, facts }) => !policy.separation || !facts.initiators.includes('nurse'),
  ({ facts, request }) => request.version === facts.version,
  (s) => signed(s) || (s.request.draftVersion === 0 && s.request.draftSha256 === null),
  (s) => !signed(s) || (s.facts.draftVersion > 0 && s.request.draftVersion === s.facts.draftVersion),
  (s) => !signed(s) || s.request.draftSha256 === digest,
  (s) => !signed(s) || s.policy.mode !== 'independent_first' || s.who.judged,
  (s) => !signed(s) || s.who.shown === s.request.draftVersion,
  (s) => !signed(s) || s.facts.staleFacts.every((fact) => s.request.acknowledgedFacts.includes(fact)),
  ({ facts, request }) => facts.unseenFacts.every((fact) => request.acknowledgedFacts.includes(fact)),
];

describe('secondSignatureRefusal', () => {
  const waiting: ReviewFacts = {
    ...review,
    state: 'awaiting-second',
    firstSignature: { id: 'sig-1', userId: 'nurse', contentSha256: digest },
  };
  const request = { version: 3, signatureId: 'sig-1', contentSha256: digest };
  const reviewer = { judged: false, draftVersionShown: 0, reviewVersionShown: 3 };
  const physician = person('doctor', ['physician']);
  const second = (change: object = {}) => ({ principal: physician, reviewer, request, now, ...change });

  it('lets another person with the role sign what they were shown', () => {
    expect(secondSignatureRefusal(gate, waiting, second())).toBeNull();
  });

  it.each([
    ['the first signer', { principal: person('nurse', ['charge_nurse']) }, 'SEPARATION_OF_DUTIES'],
    ['an initiator', { principal: person('starter', ['physician']) }, 'SEPARATION_OF_DUTIES'],
    ['a reviewer who is no second signer', { principal: person('x', ['triage_nurse']) }, 'FORBIDDEN'],
    ['another version', { request: { ...request, version: 2 } }, 'VERSION_MISMATCH'],
    ['another signature', { request: { ...request, signatureId: 'sig-0' } }, 'STALE_DRAFT'],
    ['another content', { request: { ...request, contentSha256: 'b'.repeat(64) } }, 'STALE_DRAFT'],
    ['somebody who was not shown it', { reviewer: { ...reviewer, reviewVersionShown: 2 } }, 'STALE_DRAFT'],
  ])('refuses %s', (_, change, expected) => {
    expect(code(secondSignatureRefusal(gate, waiting, second(change)))).toBe(expected);
  });

  it('refuses machines, a held review, other states, and gates without second signers', () => {
    for (const principal of machines)
      expect(code(secondSignatureRefusal(gate, waiting, second({ principal })))).toBe('FORBIDDEN');
    const held = { ...waiting, claimedBy: 'other', leaseExpiresAt: later };
    expect(code(secondSignatureRefusal(gate, held, second()))).toBe('CLAIM_HELD');
    expect(code(secondSignatureRefusal(gate, review, second()))).toBe('NOT_AWAITING_SECOND');
    expect(code(secondSignatureRefusal(gate, { ...waiting, firstSignature: null }, second()))).toBe(
      'NOT_AWAITING_SECOND',
    );
    expect(code(secondSignatureRefusal({ ...gate, secondSigners: null }, waiting, second()))).toBe('FORBIDDEN');
  });
});
