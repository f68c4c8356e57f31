import { randomBytes } from 'node:crypto';

/** A service account's token: `cs_<account id>_<secret>`; the secret has 256 random bits and only its hash is stored. */
export interface ServiceToken {
  readonly accountId: string;
  readonly secret: string;
}

const form = /^cs_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_([A-Za-z0-9_-]{43})$/;

/** A fresh token for an account. */
export const newServiceToken = (accountId: string): ServiceToken => ({
  accountId,
  secret: randomBytes(32).toString('base64url'),
});

/** The text that is shown once and sent as `Authorization: Bearer …`. */
export const formatServiceToken = ({ accountId, secret }: ServiceToken): string =>
  `cs_${accountId.replaceAll('-', '')}_${secret}`;

/** Reads a token; null for anything of another form. */
export const parseServiceToken = (text: string): ServiceToken | null => {
  const match = form.exec(text);
  if (!match) return null;
  return { accountId: match.slice(1, 6).join('-'), secret: match[6] ?? '' };
};
