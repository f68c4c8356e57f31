import { digestOf } from '#libs/crypto/digest';
import { type GateContract } from '#libs/processes/process.contract';
import { acuity } from '#libs/processes/triage/triage.contract';
import { isRefusal } from '#libs/review/refusal';
import { contentOfRequest, deviations, draftAsShown, editDistance } from './decision-content';
import { type DecisionBody, decisionSchema } from './decision.schema';

const gate = acuity as unknown as GateContract;
const { draft, content, otherContent, judgement } = acuity.examples;
const body = (sent: object): DecisionBody => decisionSchema.parse({ action: 'manual', ...sent });
const codeOf = (value: unknown): unknown => (isRefusal(value) ? value.code : 'none');

describe('contentOfRequest', () => {
  it('signs the draft’s own content on approval, and the person’s otherwise', () => {
    const drafted = { level: 'II', department: '胸痛中心', note: '' };
    expect(contentOfRequest(gate, body({ action: 'approve' }), draft)).toEqual({
      content: drafted,
      contentSha256: digestOf(drafted),
    });
    for (const action of ['amend', 'manual'])
      expect(contentOfRequest(gate, body({ action, content: otherContent }), draft)).toEqual({
        content: otherContent,
        contentSha256: digestOf(otherContent),
      });
    expect(contentOfRequest(gate, body({ action: 'reject' }), null)).toEqual({
      content: null,
      contentSha256: digestOf(null),
    });
  });

  it.each([
    ['an approval that carries content', { action: 'approve', content }, draft, 'VALIDATION_FAILED'],
    ['a rejection that carries content', { action: 'reject', content }, null, 'VALIDATION_FAILED'],
    ['an approval of a draft below the floor', { action: 'approve' }, { ...draft, level: null }, 'ACTION_NOT_ALLOWED'],
    ['an approval of no draft', { action: 'approve' }, null, 'ACTION_NOT_ALLOWED'],
    ['manual without content', {}, null, 'VALIDATION_FAILED'],
    ['manual with null', { content: null }, null, 'VALIDATION_FAILED'],
    ['an unknown field', { content: { ...content, signed: true } }, null, 'VALIDATION_FAILED'],
  ] as const)('refuses %s', (...row) => {
    const [, sent, shown, code] = row;
    expect(codeOf(contentOfRequest(gate, body(sent), shown))).toBe(code);
  });

  it('names the paths that do not fit, and no values', () => {
    const refusal = contentOfRequest(gate, body({ content: { level: '金丝雀', department: 1, note: '' } }), null);
    expect(refusal).toMatchObject({ detail: { paths: ['content.level', 'content.department'] } });
    expect(JSON.stringify(refusal)).not.toContain('金丝雀');
  });
});

describe('draftAsShown', () => {
  it('applies the floor in force, and takes what fits no schema for none', () => {
    expect(draftAsShown(gate, draft, null)).toEqual(draft);
    expect(draftAsShown(gate, { ...draft, level: 'III' }, 'II')).toMatchObject({ level: null });
    for (const stored of [null, undefined, 'text', {}, { ...draft, autoApprove: true }])
      expect(draftAsShown(gate, stored, null)).toBeNull();
  });
});

describe('deviations', () => {
  const none = { shownDraft: null, judgement: null, floor: null };

  it.each([
    ['agrees with everything', content, { shownDraft: draft, judgement, floor: 'II' }, []],
    ['differs from the draft', otherContent, { ...none, shownDraft: draft }, ['differs-from-draft']],
    ['differs from the judgement', otherContent, { ...none, judgement }, ['differs-from-judgement']],
    ['is below the floor', otherContent, { ...none, floor: 'II' }, ['below-floor']],
    [
      'does all of it',
      otherContent,
      { shownDraft: draft, judgement, floor: 'II' },
      ['differs-from-draft', 'differs-from-judgement', 'below-floor'],
    ],
    ['is more urgent than the floor', { ...content, level: 'I' }, { ...none, floor: 'II' }, []],
    ['meets a draft without a level', content, { ...none, shownDraft: { ...draft, level: null } }, []],
    ['is none', null, { shownDraft: draft, judgement, floor: 'II' }, ['rejected']],
  ] as const)('when the content %s', (...row) => {
    const [, signed, against, expected] = row;
    expect(deviations(gate, signed, against)).toEqual(expected);
  });
});

describe('editDistance', () => {
  it('is 0 for the draft’s own content, more for more, at most 1, and null where there is nothing to compare', () => {
    const drafted = { level: 'II', department: '胸痛中心', note: '' };
    expect(editDistance(gate, drafted, draft)).toBe(0);
    const [little, much] = [
      editDistance(gate, { ...drafted, note: '补' }, draft),
      editDistance(gate, { ...drafted, note: '补'.repeat(500) }, draft),
    ];
    expect(little).toBeGreaterThan(0);
    expect(much).toBeGreaterThan(little ?? 1);
    expect(much).toBeLessThanOrEqual(1);
    expect([
      editDistance(gate, content, null),
      editDistance(gate, null, draft),
      editDistance(gate, content, { ...draft, level: null }),
    ]).toEqual([null, null, null]);
  });
});
