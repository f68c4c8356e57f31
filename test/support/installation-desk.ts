import { randomUUID } from 'node:crypto';
import { type BoardKind } from '#libs/auth/kiosk';
import { type Scope } from '#libs/auth/roles';
import { newSessionSecrets, secretHash, sessionCookie } from '#libs/auth/session';
import { formatKioskToken, formatServiceToken, newKioskToken, newServiceToken } from '#libs/auth/token';
import { type TestInstallation } from './installation';
import { eventually } from './installation-wait';
import { type TestPerson } from './test-people';

/** An answer of the API; `body` is what the JSON said. */
export interface Reply<T = Record<string, unknown>> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** A problem of the API. */
export interface ProblemBody {
  readonly code: string;
  readonly [detail: string]: unknown;
}

/** How a request is sent: the key it may be repeated under, and the version that was shown. */
export interface Sending {
  readonly key?: string;
  readonly version?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is signed of a level. */
export const level = (value: string, note = ''): Record<string, unknown> => ({ level: value, department: null, note });

/** A review as the API shows it; as much of it as the tests read. */
export interface ReviewView {
  readonly version: number;
  readonly state: string;
  readonly draft: { readonly version: number; readonly sha256: string; readonly content: unknown } | null;
  readonly [field: string]: unknown;
}

/** What is answered to a decision. */
export interface DecisionAnswer {
  readonly decisionId: string;
  readonly reviewId: string;
  readonly state: string;
  readonly [field: string]: unknown;
}

/** A patient at the desk with an open review. */
export interface AtDesk {
  readonly caseId: string;
  readonly reviewId: string;
}

/** One person at one API, by HTTP. */
export interface Desk {
  readonly person: TestPerson;
  /** What makes a request theirs. */
  readonly headers: Readonly<Record<string, string>>;
  /** The same person, by another way to the API (a proxy, another process). */
  at(url: string, headers?: Readonly<Record<string, string>>): Desk;
  get<T>(path: string): Promise<Reply<T>>;
  send<T>(path: string, body: unknown, sending?: Sending & { method?: string }): Promise<Reply<T>>;
  /** Registers a patient with an assessment; refusals throw. */
  arrive(patient?: Readonly<Record<string, unknown>>): Promise<AtDesk>;
  view(reviewId: string): Promise<ReviewView>;
  /** Waits for a draft, judges and looks at it: what an approval needs. */
  look(reviewId: string, own?: string): Promise<ReviewView>;
  decide(reviewId: string, body: object, sending: Sending): Promise<Reply<DecisionAnswer & ProblemBody>>;
}

/** Opens a session without a password and answers the desk of its person; the session is the API's own kind. */
export const openDesk = async (site: TestInstallation, person: TestPerson, url?: string): Promise<Desk> => {
  const { token, csrfToken } = newSessionSecrets();
  await site.sql(
    `insert into session (id, user_id, token_sha256, csrf_sha256, expires_at)
     values ($1, $2, $3, $4, now() + interval '1 hour')`,
    [randomUUID(), person.id, secretHash(token), secretHash(csrfToken)],
  );
  const headers = { cookie: `${sessionCookie}=${token}`, 'x-csrf-token': csrfToken };
  return deskAt(site, person, { url: url ?? site.installation.addresses.api!, headers });
};

/** The headers of a machine with these scopes. */
export const machineHeaders = async (
  site: TestInstallation,
  scopes: readonly Scope[],
): Promise<Record<string, string>> => {
  const token = newServiceToken(randomUUID());
  const { organisationId } = site.hospital;
  await site.sql(
    `insert into service_account (id, organisation_id, name, token_sha256, scopes, expires_at)
     values ($1, $2, $3, $4, $5, now() + interval '1 hour')`,
    [token.accountId, organisationId, `machine ${token.accountId}`, secretHash(token.secret), [...scopes]],
  );
  return { authorization: `Bearer ${formatServiceToken(token)}` };
};

/** The headers of a board of this kind on a wall of the hospital's first ward. */
export const boardHeaders = async (site: TestInstallation, kind: BoardKind): Promise<Record<string, string>> => {
  const { kioskId, secret } = newKioskToken(randomUUID());
  const { organisationId, wards } = site.hospital;
  await site.sql(
    `insert into kiosk (id, organisation_id, ward_id, name, kind, names, addresses, token_sha256)
     values ($1, $2, $3, $4, $5, $6, '{}', $7)`,
    [
      kioskId,
      organisationId,
      wards[0],
      `board ${kioskId}`,
      kind,
      kind === 'public-queue' ? 'masked' : null,
      secretHash(secret),
    ],
  );
  return { authorization: `Bearer ${formatKioskToken({ kioskId, secret })}` };
};

interface Door {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

const deskAt = (site: TestInstallation, person: TestPerson, door: Door): Desk => {
  const get: Desk['get'] = (path) => ask(door, path, { method: 'GET', headers: door.headers });
  const send: Desk['send'] = (path, body, { method = 'POST', ...sending } = {}) =>
    ask(door, path, { method, headers: headersOf(door, sending), body: JSON.stringify(body) });
  const decide: Desk['decide'] = (reviewId, body, sending) => send(`/api/reviews/${reviewId}/decisions`, body, sending);
  const view = async (reviewId: string): Promise<ReviewView> => wanted(await get(`/api/reviews/${reviewId}`));
  return {
    person,
    headers: door.headers,
    at: (url, headers) => deskAt(site, person, { url, headers: { ...door.headers, ...headers } }),
    get,
    send,
    decide,
    view,
    arrive: async (patient = {}) => arrivalOf(wanted(await send('/api/triage/cases', registration(site, patient)))),
    look: async (reviewId, own = 'II') => {
      const judged = await send(`/api/reviews/${reviewId}/judgements`, { content: { level: own } });
      if (judged.status >= 300) throw new Error(`not judged: ${judged.status} ${JSON.stringify(judged.body)}`);
      return eventually(`draft of ${reviewId}`, async () => {
        const shown = await view(reviewId);
        return shown.draft !== null && shown;
      });
    },
  };
};

const headersOf = ({ headers }: Door, { key = randomUUID(), version, headers: more }: Sending) => ({
  ...headers,
  'content-type': 'application/json',
  'idempotency-key': key,
  ...(version !== undefined && { 'if-match': `"${version}"` }),
  ...more,
});

/* Unless told otherwise each request has a connection of its own: one that a dead process kept would fail the next. */
const ask = async <T>({ url }: Door, path: string, init: RequestInit): Promise<Reply<T>> => {
  const headers = { connection: 'close', ...(init.headers as Record<string, string>) };
  const answer = await fetch(url + path, { ...init, headers, signal: AbortSignal.timeout(60_000) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: (text === '' ? null : JSON.parse(text)) as T };
};

const wanted = <T>({ status, body }: Reply<T>): T => {
  if (status >= 300) throw new Error(`refused: ${status} ${JSON.stringify(body)}`);
  return body;
};

const arrivalOf = (answer: { caseId: string; assessment: { reviewId: string } }): AtDesk => ({
  caseId: answer.caseId,
  reviewId: answer.assessment.reviewId,
});

/** Vital signs that bind nobody to an urgent level, so that the level signed stays backed by them for long. */
export const calm = {
  vitals: { spo2: 98, pulse: 76, respiratoryRate: 15, systolic: 125, temperature: 36.8, consciousness: 'A' },
};

/** A registration with a first assessment that the rules put at level II. */
export const registration = (
  { ward }: TestInstallation,
  {
    complaint = '胸痛两小时伴出汗',
    vitals = { spo2: 88, pulse: 95 },
    ...patient
  }: Readonly<Record<string, unknown>> = {},
): Record<string, unknown> => ({
  wardId: ward,
  patient: { name: '李明', sex: 'male', birthDate: '1970-01-02', ...patient },
  assessment: { complaint, vitals, measuredAt: new Date().toISOString() },
});

/** What approves the draft that was shown. */
export const approving = ({ draft }: ReviewView): { action: 'approve'; draftVersion: number; draftSha256: string } => ({
  action: 'approve',
  draftVersion: draft?.version ?? 0,
  draftSha256: draft?.sha256 ?? '',
});

/** What signs one's own level, without any draft. */
export const manual = (value = 'II', more: object = {}): object => ({
  action: 'manual',
  content: level(value),
  ...more,
});
