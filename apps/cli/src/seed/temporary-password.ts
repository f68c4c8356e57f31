import { randomInt } from 'node:crypto';

/* Without letters and digits that look alike on paper. */
const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';

/** A random password that a person can read out and type: four groups of four, 80 bits. */
export const temporaryPassword = (): string =>
  Array.from({ length: 4 }, () =>
    Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)] ?? '').join(''),
  ).join('-');
