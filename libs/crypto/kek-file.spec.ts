import { randomBytes } from 'node:crypto';
import { parseKek } from './kek-file';

describe('parseKek', () => {
  const kek = randomBytes(32);

  it.each([
    ['hex', kek.toString('hex')],
    ['upper-case hex', kek.toString('hex').toUpperCase()],
    ['base64', kek.toString('base64')],
    ['base64 without padding', kek.toString('base64').replace('=', '')],
    ['base64 with a line end', `${kek.toString('base64')}\r\n`],
  ])('reads 32 bytes of %s', (_form, text) => {
    expect(parseKek(text)).toEqual(kek);
  });

  it.each([
    ['nothing', ''],
    ['31 bytes', randomBytes(31).toString('hex')],
    ['33 bytes', randomBytes(33).toString('base64')],
    ['a password', 'correct horse battery staple'],
    ['two lines', `${kek.toString('hex')}\n${kek.toString('hex')}`],
  ])('refuses %s', (_what, text) => {
    expect(parseKek(text)).toBeUndefined();
  });
});
