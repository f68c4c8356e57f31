import fc from 'fast-check';
import { gateContracts } from '#libs/processes/index';
import { type GateContract } from '#libs/processes/process.contract';
import { plainGate, releaseGate } from './sample-gates';

/* What every gate promises, whichever process declares it: a new gate gets this by being registered. */
const gates = [...gateContracts, releaseGate as unknown as GateContract, plainGate as unknown as GateContract];
const named = gates.map((contract): [string, GateContract] => [
  `${contract.gate.process}/${contract.gate.step}`,
  contract,
]);

describe.each(named)('the declaration of %s', (_, { gate, schemas, rules, examples }) => {
  it('leaves a way to work without a model, and somebody to work', () => {
    expect(gate.actions).toContain('manual');
    expect(gate.reviewers.length).toBeGreaterThan(0);
    expect(gate.secondSigners === null || gate.secondSigners.length > 0).toBe(true);
    expect(Math.min(gate.dueMs, gate.leaseMs)).toBeGreaterThan(0);
    expect(gate.draftPatienceMs).toBeLessThan(gate.dueMs);
  });

  it('has reasons to give and tells people in order', () => {
    expect(new Set(gate.reasonCodes).size).toBe(gate.reasonCodes.length);
    expect(gate.reasonCodes.length).toBeGreaterThan(0);
    const times = gate.escalation.map(({ afterMs }) => afterMs);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('has examples that fit its schemas, and rules that agree with them', () => {
    for (const content of [examples.content, examples.otherContent])
      expect(schemas.content.parse(content)).toEqual(content);
    expect(schemas.draft.parse(examples.draft)).toEqual(examples.draft);
    expect(schemas.judgement.parse(examples.judgement)).toEqual(examples.judgement);
    const drafted = rules.contentOf(examples.draft);
    expect(schemas.content.parse(drafted)).toEqual(drafted);
    expect(rules.differsFromDraft(drafted, examples.draft)).toBe(false);
    expect(rules.differsFromDraft(examples.content, examples.draft)).toBe(false);
    expect(rules.differsFromDraft(examples.otherContent, examples.draft)).toBe(true);
    expect(rules.differsFromJudgement(examples.content, examples.judgement)).toBe(false);
    expect(rules.differsFromJudgement(examples.otherContent, examples.judgement)).toBe(true);
  });

  it('shows a draft unchanged without a floor, and never as something below one', () => {
    expect(rules.shown(examples.draft, null)).toEqual(examples.draft);
    expect(rules.belowFloor(examples.content, null)).toBe(false);
    const { below } = examples;
    if (below === null) return;
    expect(schemas.content.parse(below.content)).toEqual(below.content);
    expect(rules.belowFloor(below.content, below.floor)).toBe(true);
    const shown = rules.shown(examples.draft, below.floor);
    expect(rules.shown(shown, below.floor)).toEqual(shown);
    const left = rules.contentOf(shown);
    expect(left === null || !rules.belowFloor(left, below.floor)).toBe(true);
  });

  it('has a shape for drafts into which nothing else fits', () => {
    const forged = fc.dictionary(
      fc.constantFrom('needsHuman', 'confidence', 'autoApprove', 'state', 'action', 'gate', 'decision'),
      fc.jsonValue(),
      { minKeys: 1 },
    );
    fc.assert(
      fc.property(forged, (extra) => !schemas.draft.safeParse({ ...(examples.draft as object), ...extra }).success),
    );
  });
});
