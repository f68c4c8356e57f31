import { v7 as uuidv7 } from 'uuid';
import {
  formatKioskToken,
  formatServiceToken,
  newKioskToken,
  newServiceToken,
  parseKioskToken,
  parseServiceToken,
} from './token';

describe('a service token', () => {
  it('reads back as it was written', () => {
    const token = newServiceToken(uuidv7());
    expect(parseServiceToken(formatServiceToken(token))).toEqual(token);
  });

  it('has a secret of 256 bits that never repeats', () => {
    const id = uuidv7();
    const secrets = Array.from({ length: 200 }, () => newServiceToken(id).secret);
    expect(new Set(secrets).size).toBe(200);
    expect(Buffer.from(secrets[0]!, 'base64url')).toHaveLength(32);
  });

  it.each(['', 'cs_', 'cs_1_2', `cs_${'0'.repeat(32)}_short`, `xx_${'0'.repeat(32)}_${'a'.repeat(43)}`])(
    'refuses another form: %p',
    (text) => {
      expect(parseServiceToken(text)).toBeNull();
    },
  );
});

describe('a kiosk token', () => {
  it('reads back as it was written, and is no service token', () => {
    const token = newKioskToken(uuidv7());
    expect(parseKioskToken(formatKioskToken(token))).toEqual(token);
    expect(parseServiceToken(formatKioskToken(token))).toBeNull();
    expect(parseKioskToken(formatServiceToken(newServiceToken(uuidv7())))).toBeNull();
  });

  it('goes into the fragment of an address as it is', () => {
    const text = formatKioskToken(newKioskToken(uuidv7()));
    expect(encodeURIComponent(text)).toBe(text);
  });
});
