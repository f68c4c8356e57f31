import { type Judged, modelQualityOf } from './model-quality';
import { acuityAgreement } from './triage/triage.agreement';

const pack = { id: 'cn-consensus-2018', version: '1' };
const review = (change: Partial<Judged> = {}): Judged => ({
  levelPack: pack,
  promptId: 'triage/acuity',
  promptVersion: 2,
  model: 'deepseek-v4-pro',
  shown: true,
  floor: 'III',
  draft: 'II',
  own: 'II',
  signed: 'II',
  hasty: false,
  action: 'approve',
  week: '2026-11-16',
  signedBy: 'a',
  secondsOpen: 20,
  ...change,
});
const quality = (...reviews: Judged[]) => modelQualityOf(reviews, acuityAgreement);

describe('the quality of drafts', () => {
  it('tells over- and under-triage of drafts that were seen and of drafts nobody saw, by pack, prompt and model', () => {
    const { rows, draft, own, floor } = quality(
      review(),
      review({ draft: 'I' }),
      review({ draft: 'III', signed: 'II', own: 'III' }),
      review({ shown: false, draft: 'IVa', signed: 'II' }),
      review({ model: 'other' }),
      review({ shown: null, draft: null, promptId: null, promptVersion: null, model: null }),
    );
    expect(rows).toEqual([
      {
        levelPack: pack,
        promptId: 'triage/acuity',
        promptVersion: 2,
        model: 'deepseek-v4-pro',
        reviews: 4,
        shownDraft: { n: 3, same: 1, moreUrgent: 1, lessUrgent: 1 },
        blindDraft: { n: 1, same: 0, moreUrgent: 0, lessUrgent: 1 },
        ownAndDraft: { n: 4, same: 2, moreUrgent: 1, lessUrgent: 1 },
      },
      expect.objectContaining({ model: 'other', reviews: 1 }),
    ]);
    expect(draft).toEqual({ n: 5, same: 2, moreUrgent: 1, lessUrgent: 2 });
    expect(own).toEqual({ n: 6, same: 5, moreUrgent: 0, lessUrgent: 1 });
    expect(floor).toEqual({ n: 6, same: 0, moreUrgent: 0, lessUrgent: 6 });
  });

  it('tells how much more people agree with a draft that they see, where there are both kinds', () => {
    const both = quality(
      review(),
      review(),
      review(),
      review({ draft: 'I' }),
      review({ shown: false }),
      review({ shown: false, draft: 'I' }),
    );
    expect(both.blindSample).toEqual({ shown: { n: 4, rate: 0.75 }, blind: { n: 2, rate: 0.5 }, gap: 0.25 });
    expect(quality(review()).blindSample).toEqual({
      shown: { n: 1, rate: 1 },
      blind: { n: 0, rate: null },
      gap: null,
    });
  });

  it('tells what was accepted unchanged and how long people looked, week by week', () => {
    const { weeks } = quality(
      review({ week: '2026-11-23', signedBy: 'a', secondsOpen: 10 }),
      review({ week: '2026-11-16', signedBy: 'a', secondsOpen: 10 }),
      review({ week: '2026-11-16', signedBy: 'b', secondsOpen: 40, action: 'amend' }),
      review({ week: '2026-11-16', signedBy: 'c', secondsOpen: 20 }),
      review({ week: '2026-11-16', signedBy: 'c', secondsOpen: 50, shown: null, action: 'manual' }),
      review({ week: '2026-11-16', signedBy: 'c', secondsOpen: null, shown: false, action: 'manual' }),
    );
    expect(weeks).toEqual([
      {
        week: '2026-11-16',
        decisions: 5,
        offered: 3,
        acceptedUnchanged: 2,
        acceptedUnchangedRate: 0.667,
        medianSecondsOpen: 30,
      },
      {
        week: '2026-11-23',
        decisions: 1,
        offered: null,
        acceptedUnchanged: null,
        acceptedUnchangedRate: null,
        medianSecondsOpen: null,
      },
    ]);
  });

  it('withholds a week in which fewer than three people signed: it would be theirs', () => {
    const two = quality(review({ signedBy: 'a' }), review({ signedBy: 'b' }), review({ signedBy: 'b' }));
    expect(two.weeks).toEqual([expect.objectContaining({ decisions: 3, acceptedUnchangedRate: null })]);
    expect(JSON.stringify(two)).not.toContain('signedBy');
  });

  it('is empty over nothing', () => {
    expect(quality()).toMatchObject({ rows: [], weeks: [], draft: { n: 0 }, blindSample: { gap: null } });
  });
});
