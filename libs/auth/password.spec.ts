import { hashPassword, verifyPassword } from './password';

describe('hashPassword', () => {
  it('verifies the password it hashed, in any Unicode form, and no other', async () => {
    const stored = await hashPassword('Ångström-会签-2026');
    expect(await verifyPassword(stored, 'Ångström-会签-2026')).toBe(true);
    expect(await verifyPassword(stored, 'Ångström-会签-2026'.normalize('NFD'))).toBe(true);
    expect(await verifyPassword(stored, 'ångström-会签-2026')).toBe(false);
    expect(stored).not.toContain('会签');
  });

  it('salts: the same password gives two hashes', async () => {
    const [a, b] = await Promise.all([hashPassword('same password'), hashPassword('same password')]);
    expect(a).not.toBe(b);
  });
});

describe('verifyPassword', () => {
  it.each(['', 'plain', 'scrypt$1$2', 'bcrypt$32768$8$3$c2FsdA$a2V5'])(
    'refuses a hash of another form: %s',
    async (stored) => {
      expect(await verifyPassword(stored, 'plain')).toBe(false);
    },
  );
});
