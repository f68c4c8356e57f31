import { type AuditRow, joinRepeats, lineOf } from './story';

const row = (changes: Partial<AuditRow> = {}): AuditRow => ({
  at: new Date('2026-11-23T00:05:09Z'),
  actor: '王芳',
  action: 'review.shown',
  outcome: 'shown',
  code: null,
  signatures: null,
  ...changes,
});

describe('the story of the audit', () => {
  it('tells when, who and what, by the clock of the hospital', () => {
    expect(lineOf({ ...row(), times: 1 })).toBe('08:05:09  王芳：查看复核 · saw the review');
  });

  it('tells a refusal with its code, and a co-signature as such', () => {
    const refused = row({ action: 'POST /api/reviews/:id/decisions', outcome: 'refused', code: 'STALE_FACTS' });
    expect(lineOf({ ...refused, times: 1 })).toContain('tried to sign ✗ STALE_FACTS');
    const second = row({ action: 'review.manual', outcome: 'done', signatures: 2 });
    expect(lineOf({ ...second, times: 1 })).toContain('signed second');
    expect(lineOf({ ...second, signatures: 1, times: 1 })).toContain('a level of their own');
  });

  it('tells what it has no words for by its name', () => {
    expect(lineOf({ ...row({ action: 'bed.assign' }), times: 1 })).toContain('bed.assign');
  });

  it('joins what the same person does again at once, and nothing else', () => {
    const told = joinRepeats([row(), row(), row({ actor: '李娜' }), row(), row({ action: 'case.shown' })]);
    expect(told.map(({ actor, action, times }) => [actor, action, times])).toEqual([
      ['王芳', 'review.shown', 2],
      ['李娜', 'review.shown', 1],
      ['王芳', 'review.shown', 1],
      ['王芳', 'case.shown', 1],
    ]);
    expect(lineOf(told[0]!)).toMatch(/×2$/);
    expect(joinRepeats([])).toEqual([]);
  });
});
