import { type DecisionAction, decisionActions } from './gate';
import {
  actionRefusal,
  bindingRefusal,
  claimRefusal,
  eventRefusal,
  finalRefusal,
  firstRefusal,
  isRefusal,
  personRefusal,
  reasonRefusal,
  refuse,
  separationRefusal,
  shownRefusal,
  signsDraft,
  staleFactRefusal,
  stateRefusal,
  stepUpRefusal,
  versionRefusal,
} from './refusal';
import { type ReviewFacts, reviewStates } from './review';
import {
  approval,
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

describe('a refusal', () => {
  it('is told apart from any other value', () => {
    expect(isRefusal(refuse('CONFLICT'))).toBe(true);
    for (const other of [
      null,
      undefined,
      'refused',
      true,
      {},
      { refused: false },
      { refused: 'true' },
      [refuse('CONFLICT')],
    ])
      expect(isRefusal(other)).toBe(false);
  });

  it('of a list of checks is the first, and later checks do not run', () => {
    const never = jest.fn(() => refuse('INTERNAL'));
    expect(code(firstRefusal([() => null, () => refuse('NO_DRAFT'), never]))).toBe('NO_DRAFT');
    expect(never).not.toHaveBeenCalled();
    expect(firstRefusal([() => null])).toBeNull();
    expect(firstRefusal([])).toBeNull();
  });
});

describe('personRefusal', () => {
  const allowed = { roles: gate.reviewers, now };

  it.each([
    ['the role on the ward', person('a', ['charge_nurse']), null],
    ['the role on all wards', person('a', ['triage_nurse'], null), null],
    ['the role on another ward', person('a', ['triage_nurse'], 'ward-2'), 'FORBIDDEN'],
    ['another role', person('a', ['coder', 'system_admin']), 'FORBIDDEN'],
    ['no role', person('a', []), 'FORBIDDEN'],
  ])('with %s', (_, principal, expected) => {
    expect(code(personRefusal(review, principal, allowed))).toBe(expected);
  });

  it('never lets a machine through, whatever its scopes', () => {
    for (const machine of machines) expect(code(personRefusal(review, machine, allowed))).toBe('FORBIDDEN');
  });

  it('tells the role before the claim', () => {
    const held = { ...review, claimedBy: 'b', leaseExpiresAt: later };
    expect(code(personRefusal(held, person('a', []), allowed))).toBe('FORBIDDEN');
    expect(code(personRefusal(held, person('a', ['triage_nurse']), allowed))).toBe('CLAIM_HELD');
  });
});

describe('claimRefusal', () => {
  it.each([
    ['nobody holds it', { claimedBy: null, leaseExpiresAt: null }, null],
    ['I hold it', { claimedBy: 'me', leaseExpiresAt: later }, null],
    ['another holds it', { claimedBy: 'other', leaseExpiresAt: later }, 'CLAIM_HELD'],
    ['the lease of another ran out', { claimedBy: 'other', leaseExpiresAt: earlier }, null],
    ['the lease of another runs out now', { claimedBy: 'other', leaseExpiresAt: now }, null],
  ])('when %s', (_, held, expected) => {
    expect(code(claimRefusal(held, 'me', now))).toBe(expected);
  });

  it('names the holder and until when', () => {
    const refusal = claimRefusal({ claimedBy: 'other', leaseExpiresAt: later }, 'me', now);
    expect(refusal?.detail).toEqual({ holder: 'other', until: later.toISOString() });
  });
});

describe('stateRefusal', () => {
  it.each([
    ['open', 'open', null],
    ['open', 'awaiting-second', 'NOT_AWAITING_SECOND'],
    ['awaiting-second', 'open', 'AWAITING_SECOND'],
    ['awaiting-second', 'awaiting-second', null],
    ['decided', 'open', 'ALREADY_DECIDED'],
    ['decided', 'awaiting-second', 'ALREADY_DECIDED'],
    ['withdrawn', 'open', 'REVIEW_WITHDRAWN'],
    ['withdrawn', 'awaiting-second', 'REVIEW_WITHDRAWN'],
  ] as const)('of a review that is %s when it must be %s', (state, expected, outcome) => {
    expect(code(stateRefusal({ state }, expected))).toBe(outcome);
  });

  it('lets nothing happen to a review that is over', () => {
    expect(reviewStates.map((state) => code(finalRefusal({ state })))).toEqual([
      null,
      null,
      'ALREADY_DECIDED',
      'REVIEW_WITHDRAWN',
    ]);
  });
});

describe('versionRefusal', () => {
  it('refuses any version but the current one, and tells the current one', () => {
    expect(versionRefusal(review, 3)).toBeNull();
    for (const version of [0, 2, 4])
      expect(versionRefusal(review, version)).toMatchObject({ code: 'VERSION_MISMATCH', detail: { current: 3 } });
  });
});

describe('bindingRefusal', () => {
  const none: ReviewFacts = { ...review, draftVersion: 0, draftSha256: null };

  it('lets approve and amend sign exactly the current draft', () => {
    for (const action of ['approve', 'amend'] as const) {
      const request = { ...approval, action };
      expect(bindingRefusal(review, request)).toBeNull();
      expect(code(bindingRefusal(none, request))).toBe('NO_DRAFT');
      expect(code(bindingRefusal(none, { ...request, draftVersion: 0, draftSha256: null }))).toBe('NO_DRAFT');
      for (const stale of [
        { draftVersion: 1 },
        { draftVersion: 3 },
        { draftSha256: 'b'.repeat(64) },
        { draftSha256: null },
        { draftSha256: digest.toUpperCase() },
        { draftVersion: 0, draftSha256: null },
      ])
        expect(code(bindingRefusal(review, { ...request, ...stale }))).toBe('STALE_DRAFT');
    }
  });

  it('does not hand out the digest of a draft that was not shown', () => {
    const refusal = bindingRefusal(review, { ...approval, draftVersion: 1 });
    expect(JSON.stringify(refusal)).not.toContain(digest);
    expect(refusal?.detail).toEqual({ current: 2 });
  });

  it('lets manual and reject name no draft', () => {
    for (const action of ['manual', 'reject'] as const) {
      expect(bindingRefusal(review, { ...manual, action })).toBeNull();
      expect(bindingRefusal(none, { ...manual, action })).toBeNull();
      expect(code(bindingRefusal(review, { ...approval, action }))).toBe('VALIDATION_FAILED');
    }
  });
});

describe('shownRefusal', () => {
  const reviewer = { judged: true, draftVersionShown: 2, reviewVersionShown: 3 };

  it('asks for the own judgement first, only where the gate does and a draft is signed', () => {
    const unjudged = { ...reviewer, judged: false };
    expect(code(shownRefusal(gate, approval, unjudged))).toBe('JUDGEMENT_REQUIRED');
    expect(code(shownRefusal(gate, { ...approval, action: 'amend' }, unjudged))).toBe('JUDGEMENT_REQUIRED');
    expect(shownRefusal({ ...gate, mode: 'evidence_first' }, approval, unjudged)).toBeNull();
    expect(shownRefusal({ ...gate, mode: 'rules_only' }, approval, unjudged)).toBeNull();
    expect(shownRefusal(gate, manual, unjudged)).toBeNull();
  });

  it.each([0, 1, 3])('refuses a draft that was not shown to this person (last shown: %d)', (draftVersionShown) => {
    expect(code(shownRefusal(gate, approval, { ...reviewer, draftVersionShown }))).toBe('STALE_DRAFT');
    expect(shownRefusal(gate, manual, { ...reviewer, draftVersionShown })).toBeNull();
  });
});

describe('staleFactRefusal', () => {
  const overtaken: ReviewFacts = { ...review, staleFacts: ['f1', 'f2'], unseenFacts: ['f2', 'f3'] };

  it('holds a draft back until every fact that overtook it is acknowledged, and lists them', () => {
    expect(staleFactRefusal(overtaken, approval)).toMatchObject({
      code: 'STALE_FACTS',
      detail: { facts: ['f1', 'f2', 'f3'] },
    });
    expect(staleFactRefusal(overtaken, { ...approval, acknowledgedFacts: ['f1', 'f3'] })?.detail).toEqual({
      facts: ['f2'],
    });
    expect(staleFactRefusal(overtaken, { ...approval, acknowledgedFacts: ['f3', 'f2', 'f1', 'x'] })).toBeNull();
  });

  it('holds own content back only for facts this person has not seen', () => {
    expect(staleFactRefusal(overtaken, manual)?.detail).toEqual({ facts: ['f2', 'f3'] });
    expect(staleFactRefusal({ ...overtaken, unseenFacts: [] }, manual)).toBeNull();
  });

  it('is null where nothing happened', () => {
    expect(staleFactRefusal(review, approval)).toBeNull();
  });
});

describe('what a gate declares', () => {
  it('decides which actions and events exist', () => {
    const small = { ...gate, actions: ['manual'] as const, events: ['defer'] as const };
    expect(decisionActions.filter((action) => actionRefusal(small, action) === null)).toEqual(['manual']);
    expect(code(actionRefusal(small, 'approve'))).toBe('ACTION_NOT_ALLOWED');
    expect(eventRefusal(small, 'defer')).toBeNull();
    expect(code(eventRefusal(small, 'redraft'))).toBe('ACTION_NOT_ALLOWED');
  });

  it('bars initiators only where it separates duties', () => {
    const starter = person('starter', ['triage_nurse']);
    expect(separationRefusal(gate, review, starter)).toBeNull();
    const separating = { ...gate, separation: true };
    expect(code(separationRefusal(separating, review, starter))).toBe('SEPARATION_OF_DUTIES');
    expect(separationRefusal(separating, review, person('other', ['triage_nurse']))).toBeNull();
  });

  it('decides which reason codes exist', () => {
    expect(reasonRefusal(gate, null, [])).toBeNull();
    expect(reasonRefusal(gate, 'data-wrong', [])).toBeNull();
    expect(reasonRefusal(gate, 'data-wrong', ['below-floor'])).toBeNull();
    expect(reasonRefusal(gate, null, ['below-floor'])).toMatchObject({
      code: 'REASON_REQUIRED',
      detail: { because: ['below-floor'] },
    });
    for (const unknown of ['', 'because', 'Data-wrong', '__proto__'])
      expect(code(reasonRefusal(gate, unknown, []))).toBe('REASON_UNKNOWN');
  });

  it('decides whether the password is asked again', () => {
    expect([stepUpRefusal(false, false), stepUpRefusal(false, true), stepUpRefusal(true, true)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(code(stepUpRefusal(true, false))).toBe('STEP_UP_REQUIRED');
  });
});

describe('signsDraft', () => {
  it('is true for approve and amend only', () => {
    const signing: DecisionAction[] = decisionActions.filter((action) => signsDraft(action));
    expect(signing).toEqual(['approve', 'amend']);
  });
});
