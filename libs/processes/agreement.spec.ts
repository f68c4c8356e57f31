import { agreementOf, type Compared } from './agreement';
import { acuityAgreement } from './triage/triage.agreement';

const pack = { id: 'cn-consensus-2018', version: '1' };
const review = (change: Partial<Compared> = {}): Compared => ({
  levelPack: pack,
  promptId: 'acuity',
  promptVersion: 3,
  model: 'deepseek-v3',
  shown: true,
  floor: 'III',
  draft: 'II',
  own: 'II',
  signed: 'II',
  hasty: false,
  ...change,
});
const none = { n: 0, same: 0, moreUrgent: 0, lessUrgent: 0 };

describe('agreement', () => {
  it('counts each pair by who is the more urgent, and leaves out what is not there', () => {
    const rows = agreementOf(
      [
        review(),
        review({ draft: 'I', hasty: true }),
        review({ draft: 'III', own: 'II', signed: 'IV' }),
        review({ draft: null, floor: null, own: null }),
      ],
      acuityAgreement,
    );
    expect(rows).toEqual([
      {
        levelPack: pack,
        promptId: 'acuity',
        promptVersion: 3,
        model: 'deepseek-v3',
        shown: true,
        reviews: 4,
        hasty: 1,
        pairs: {
          ownAndDraft: { n: 3, same: 1, moreUrgent: 1, lessUrgent: 1 },
          draftAndSigned: { n: 3, same: 1, moreUrgent: 2, lessUrgent: 0 },
          ownAndSigned: { n: 3, same: 2, moreUrgent: 1, lessUrgent: 0 },
          floorAndSigned: { n: 3, same: 0, moreUrgent: 1, lessUrgent: 2 },
        },
      },
    ]);
  });

  it('keeps packs, prompts, models and unseen drafts apart, the largest group first', () => {
    const rows = agreementOf(
      [
        review({ shown: false }),
        review(),
        review(),
        review({ promptVersion: 4 }),
        review({ model: 'other' }),
        review({ levelPack: { ...pack, version: '2' } }),
        review({ shown: null, promptId: null, promptVersion: null, model: null, draft: null }),
      ],
      acuityAgreement,
    );
    expect(rows.map(({ reviews }) => reviews)).toEqual([2, 1, 1, 1, 1, 1]);
    expect(rows.find(({ shown }) => shown === null)?.pairs.ownAndDraft).toEqual(none);
  });

  it('has nothing to say of no reviews', () => {
    expect(agreementOf([], acuityAgreement)).toEqual([]);
  });

  it.each([
    [{ level: 'IVa' }, 'IV'],
    [{ level: 'II' }, 'II'],
    [{ level: null }, null],
    [{ level: 'V' }, null],
    [null, null],
    ['II', null],
  ])('reads the level of %j as %s', (content, level) => {
    expect(acuityAgreement.valueOf(content)).toBe(level);
  });
});
