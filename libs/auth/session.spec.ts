import { csrfTokenOf, isSecret, isSessionToken, newSessionSecrets, secretHash } from './session';

describe('newSessionSecrets', () => {
  it('makes 256-bit tokens that never repeat', () => {
    const made = Array.from({ length: 500 }, newSessionSecrets);
    expect(new Set(made.map(({ token }) => token)).size).toBe(500);
    expect(made.every(({ token }) => Buffer.from(token, 'base64url').length === 32 && isSessionToken(token))).toBe(
      true,
    );
  });

  it('derives the CSRF token from the session token, and neither gives the other away', () => {
    const { token, csrfToken } = newSessionSecrets();
    expect(csrfTokenOf(token)).toBe(csrfToken);
    expect(csrfToken).not.toBe(token);
    expect(csrfTokenOf(newSessionSecrets().token)).not.toBe(csrfToken);
  });
});

describe('isSecret', () => {
  it('knows the secret that was stored and no other', () => {
    const stored = secretHash('a secret');
    expect(stored).toHaveLength(32);
    expect(isSecret(stored, 'a secret')).toBe(true);
    expect(isSecret(stored, 'a Secret')).toBe(false);
    expect(isSecret(stored, '')).toBe(false);
    expect(isSecret(Buffer.alloc(0), '')).toBe(false);
  });
});

describe('isSessionToken', () => {
  it.each(['', 'short', 'x'.repeat(44), `${'x'.repeat(42)}=`, `${'x'.repeat(42)}'`])('refuses %p', (text) => {
    expect(isSessionToken(text)).toBe(false);
  });
});
