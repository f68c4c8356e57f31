import { type Review } from '../api/types';
import { actionOf, stepOf } from './steps';

const draft = (of: object) => ({
  draft: { approvable: true, offered: false, redraftRound: 0, ...of } as Review['draft'],
});
const standing = (of: object) =>
  ({ gate: { mode: 'independent_first' }, judgement: null, rollout: 'draft', allowed: ['judge'], ...of }) as Review;

describe('the main button', () => {
  it('keeps the own judgement first where the gate asks for it and a draft may come', () => {
    expect(stepOf(standing({}))).toBe('judge');
    expect(stepOf(standing({ judgement: { at: '', content: {} } }))).toBe('sign');
    expect(stepOf(standing({ rollout: 'off' }))).toBe('sign');
    expect(stepOf(standing({ gate: { mode: 'rules_only' } }))).toBe('sign');
    expect(stepOf(standing({ allowed: [] }))).toBe('sign');
  });
});

describe('what signing would be', () => {
  const seen = { asDrafted: true, lateOpened: false };

  it('approves a draft only where the form says the same and it can be approved', () => {
    expect(actionOf(draft({}), seen)).toBe('approve');
    expect(actionOf(draft({}), { ...seen, asDrafted: false })).toBe('amend');
    expect(actionOf(draft({ approvable: false }), seen)).toBe('amend');
  });

  it('is the person’s own where there is no draft, or a late one that was not opened', () => {
    expect(actionOf({ draft: null }, seen)).toBe('manual');
    expect(actionOf(draft({ offered: true }), seen)).toBe('manual');
    expect(actionOf(draft({ offered: true }), { ...seen, lateOpened: true })).toBe('approve');
  });
});
