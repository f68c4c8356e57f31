import { brokenPasswordRules } from './password-rules';

describe('the rules of a password', () => {
  it.each([
    ['short', ['length']],
    ['aaaaaaaaaaaa', ['variety']],
    ['my-LI.NA-password', ['not-login']],
    ['handed over today', ['not-current']],
    ['x'.repeat(201), ['length', 'variety']],
    ['correct horse battery', []],
  ])('%s', (next, broken) => {
    expect(brokenPasswordRules({ next, current: 'handed over today', login: 'li.na' })).toEqual(broken);
  });
});
