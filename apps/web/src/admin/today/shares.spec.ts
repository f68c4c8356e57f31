import { agreementOf, automationOf, percentOf } from './shares';

const none = { n: 0, same: 0, moreUrgent: 0, lessUrgent: 0 };
const own = { n: 8, same: 6, moreUrgent: 1, lessUrgent: 1 };
const automation = { decided: 9, unchanged: 6, truncated: false };

describe('the rates of the day', () => {
  it('are whole percent, and none of nothing', () => {
    expect([percentOf(2, 3), percentOf(0, 5), percentOf(0, 0)]).toEqual([67, 0, null]);
    expect([agreementOf(own), agreementOf(none)]).toEqual([{ n: 8, percent: 75, moreUrgent: 1, lessUrgent: 1 }, null]);
  });

  it('are told with the agreement of people and draft', () => {
    const told = automationOf({ ...automation, rate: 2 / 3, agreement: { ownAndDraft: own, draftAndSigned: none } });
    expect(told).toEqual({ percent: 67, own: { n: 8, percent: 75, moreUrgent: 1, lessUrgent: 1 } });
  });

  it('are not told without it, whatever the answer says', () => {
    const agreement = { ownAndDraft: none, draftAndSigned: own };
    expect(automationOf({ ...automation, rate: 1, agreement })).toBeNull();
    expect(automationOf({ ...automation, rate: null, agreement: { ...agreement, ownAndDraft: own } })).toBeNull();
  });
});
