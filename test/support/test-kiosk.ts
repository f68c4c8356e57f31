import request from 'supertest';
import { v7 as uuidv7 } from 'uuid';
import { type BoardKind, type BoardNames } from '#libs/auth/kiosk';
import { secretHash } from '#libs/auth/session';
import { formatKioskToken, newKioskToken } from '#libs/auth/token';
import { sqlAs } from './test-api';

/** A board on a wall of a test. */
export interface TestKiosk {
  readonly id: string;
  readonly token: string;
  get(path: string): request.Test;
}

/** What a board of a test is. */
export interface PlantedKiosk {
  readonly organisationId: string;
  readonly wardId: string;
  readonly kind: BoardKind;
  readonly names?: BoardNames;
  readonly addresses?: readonly string[];
}

/** Makes a board; `databaseUrl` may be any role that can insert. */
export const plantKiosk = async (apiUrl: string, databaseUrl: string, of: PlantedKiosk): Promise<TestKiosk> => {
  const token = newKioskToken(uuidv7());
  const names = of.kind === 'public-queue' ? (of.names ?? 'number-only') : null;
  await sqlAs(
    databaseUrl,
    `insert into kiosk (id, organisation_id, ward_id, name, kind, names, addresses, token_sha256)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      token.kioskId,
      of.organisationId,
      of.wardId,
      `k-${token.kioskId.slice(-6)}`,
      of.kind,
      names,
      [...(of.addresses ?? [])],
      secretHash(token.secret),
    ],
  );
  const text = formatKioskToken(token);
  return {
    id: token.kioskId,
    token: text,
    get: (path) => request(apiUrl).get(path).set('authorization', `Bearer ${text}`),
  };
};
