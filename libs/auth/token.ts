import { randomBytes } from 'node:crypto';

/** A token that stands for whom its id names: `<prefix>_<id>_<secret>`; the secret has 256 random bits and only its hash is stored. */
interface Bearer {
  readonly id: string;
  readonly secret: string;
}

const form = /^(cs|ck)_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

const newSecret = (): string => randomBytes(32).toString('base64url');

const format = (prefix: 'cs' | 'ck', { id, secret }: Bearer): string => `${prefix}_${id.replaceAll('-', '')}_${secret}`;

const parse = (prefix: 'cs' | 'ck', text: string): Bearer | null => {
  const match = form.exec(text);
  if (match?.[1] !== prefix) return null;
  return { id: match.slice(2, 7).join('-'), secret: match[7] ?? '' };
};

/** A service account's token: `cs_<account id>_<secret>`. */
export interface ServiceToken {
  readonly accountId: string;
  readonly secret: string;
}

/** A fresh token for an account. */
export const newServiceToken = (accountId: string): ServiceToken => ({ accountId, secret: newSecret() });

/** The text that is shown once and sent as `Authorization: Bearer …`. */
export const formatServiceToken = ({ accountId, secret }: ServiceToken): string =>
  format('cs', { id: accountId, secret });

/** Reads a token; null for anything of another form. */
export const parseServiceToken = (text: string): ServiceToken | null => {
  const token = parse('cs', text);
  return token && { accountId: token.id, secret: token.secret };
};

/** The token of a board on a wall: `ck_<kiosk id>_<secret>`. */
export interface KioskToken {
  readonly kioskId: string;
  readonly secret: string;
}

/** A fresh token for a kiosk. */
export const newKioskToken = (kioskId: string): KioskToken => ({ kioskId, secret: newSecret() });

/** The text that is shown once, kept in the fragment of the board's address and sent as `Authorization: Bearer …`. */
export const formatKioskToken = ({ kioskId, secret }: KioskToken): string => format('ck', { id: kioskId, secret });

/** Reads a kiosk's token; null for anything of another form. */
export const parseKioskToken = (text: string): KioskToken | null => {
  const token = parse('ck', text);
  return token && { kioskId: token.id, secret: token.secret };
};
