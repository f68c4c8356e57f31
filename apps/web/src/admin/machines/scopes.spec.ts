import { accountState, scopeKey } from './scopes';

const expiresAt = '2026-11-23T12:00:00.000Z';
const end = Date.parse(expiresAt);

describe('the token of a machine', () => {
  it('is taken until it expires', () => {
    expect(accountState({ expiresAt, revokedAt: null }, end - 1)).toBe('valid');
    expect(accountState({ expiresAt, revokedAt: null }, end)).toBe('expired');
  });

  it('is revoked for good, also after it would have expired', () => {
    expect(accountState({ expiresAt, revokedAt: '2026-11-23T11:00:00.000Z' }, end + 1)).toBe('revoked');
  });

  it('has scopes whose texts can be found', () => {
    expect(scopeKey('hl7v2:write')).toBe('hl7v2-write');
  });
});
