import { type GateContract } from '#libs/processes/process.contract';
import { acuity } from '#libs/processes/triage/triage.contract';
import { nextInChain } from './escalate';
import { type ReviewFile } from './review-file';
import { claimViewOf } from './standing';
import { draftViewOf, isDraftVisible, mayKnowDraft, modeOf } from './view-draft';

const now = new Date('2026-11-23T08:00:00Z');
const before = new Date('2026-11-23T07:59:00Z');
const after = new Date('2026-11-23T08:01:00Z');
const stored = { version: 1, sha256: 'a'.repeat(64), createdAt: before, basedOnFact: 'f', redraftRound: 0, record: {} };

/** As much of a file as these functions read. */
const file = (change: object = {}): ReviewFile =>
  ({
    review: { state: 'open', manualAt: after, floor: null },
    gate: acuity as unknown as GateContract,
    rollout: { mode: 'draft' },
    judgement: null,
    draft: { row: stored, content: acuity.examples.draft },
    draftBefore: null,
    roundOver: true,
    now,
    ...change,
  }) as unknown as ReviewFile;
const judged = { judgement: { at: now, content: {} } };
const noDraft = { draft: null, roundOver: false };

describe('isDraftVisible', () => {
  it.each([
    ['before the own judgement', {}, false],
    ['after it', judged, true],
    ['without a draft', { ...judged, draft: null }, false],
    ['while the rollout is shadow', { ...judged, rollout: { mode: 'shadow' } }, false],
    ['while it is off', { ...judged, rollout: { mode: 'off' } }, false],
    ['once decided, to everybody with a part in it', { review: { state: 'decided' }, rollout: { mode: 'off' } }, true],
    ['on a withdrawn review, not without a judgement', { review: { state: 'withdrawn' } }, false],
  ])('%s', (_, change, visible) => {
    expect(isDraftVisible(file(change))).toBe(visible);
  });

  it('needs no judgement where the gate shows evidence first', () => {
    const gate = { ...acuity, gate: { ...acuity.gate, mode: 'evidence_first' } };
    expect([isDraftVisible(file({ gate })), mayKnowDraft(file({ gate }))]).toEqual([true, true]);
  });
});

describe('modeOf', () => {
  it.each([
    ['a draft that came in time', {}, 'draft'],
    [
      'a draft that came late',
      { review: { state: 'open', manualAt: before }, draft: { row: { ...stored, createdAt: now }, content: {} } },
      'manual',
    ],
    ['none yet, within the patience', noDraft, 'waiting-for-draft'],
    ['none yet, after the patience', { ...noDraft, review: { state: 'open', manualAt: before } }, 'manual'],
    ['none, because it failed', { draft: null, roundOver: true }, 'manual'],
    ['the rollout off', { ...noDraft, rollout: { mode: 'off' } }, 'manual'],
    ['the rollout unseen', { rollout: { mode: 'shadow' } }, 'manual'],
  ])('with %s', (_, change, mode) => {
    expect(modeOf(file(change))).toBe(mode);
  });
});

describe('draftViewOf', () => {
  it('takes the label from the record, and says so where the record has none', () => {
    const record = {
      promptId: 'triage/acuity',
      promptVersion: 3,
      modelConfigured: 'a',
      modelAnswered: 'rehearsal-deepseek',
      rehearsal: true,
    };
    expect(
      draftViewOf(file({ ...judged, draft: { row: { ...stored, record }, content: acuity.examples.draft } })),
    ).toMatchObject({
      model: 'rehearsal-deepseek',
      promptId: 'triage/acuity',
      promptVersion: 3,
      rehearsal: true,
    });
    const odd = { promptId: 7, rehearsal: 'no' };
    expect(
      draftViewOf(file({ ...judged, draft: { row: { ...stored, record: odd }, content: acuity.examples.draft } })),
    ).toMatchObject({
      model: null,
      promptId: null,
      rehearsal: false,
    });
  });

  it('is null for a stored draft that fits no schema', () => {
    expect(draftViewOf(file({ ...judged, draft: { row: stored, content: { level: 'II' } } }))).toBeNull();
  });
});

describe('claimViewOf', () => {
  const names = new Map([['u', '王护士']]);

  it('is the holder while the lease lives, and nobody after', () => {
    expect(claimViewOf({ claimedBy: 'u', leaseExpiresAt: after }, names, now)).toEqual({
      userId: 'u',
      name: '王护士',
      until: after.toISOString(),
    });
    for (const none of [
      { claimedBy: null, leaseExpiresAt: null },
      { claimedBy: 'u', leaseExpiresAt: before },
      { claimedBy: 'u', leaseExpiresAt: now },
    ])
      expect(claimViewOf(none, names, now)).toBeNull();
  });
});

describe('nextInChain', () => {
  const gate = acuity.gate;

  it.each([
    ['a nurse tells the charge nurse', 'triage_nurse', [], 'charge_nurse'],
    ['and past her the physician', 'triage_nurse', ['charge_nurse'], 'physician'],
    ['a charge nurse tells the physician', 'charge_nurse', [], 'physician'],
    ['the last in the chain tells the last again', 'physician', ['physician'], 'physician'],
    ['somebody outside the chain starts at its beginning', undefined, [], 'triage_nurse'],
  ] as const)('%s', (...row) => {
    const [, teller, told, next] = row;
    expect(nextInChain(gate, teller, told)).toBe(next);
  });

  it('is nobody where the gate has no chain', () => {
    expect(nextInChain({ escalation: [] }, 'physician', [])).toBeNull();
  });
});
