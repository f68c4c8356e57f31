import type { paths as described } from '#libs/api-client/schema';

/* openapi-fetch takes read-only lists for objects. */
type Plain<T> = T extends readonly (infer E)[]
  ? Plain<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Plain<T[K]> }
    : T;

/** The API by path and method, as the client takes it. */
export type paths = { [P in keyof described]: Plain<described[P]> };

type Json<T> = T extends { readonly content: { readonly 'application/json': infer Body } } ? Body : never;
type Good = 200 | 201;

/** What a GET of this path answers. */
export type Shown<P extends keyof paths> = paths[P] extends { get: { responses: infer R } }
  ? Json<R[Good & keyof R]>
  : never;
/** What a POST of this path answers. */
export type Done<P extends keyof paths> = paths[P] extends { post: { responses: infer R } }
  ? Json<R[Good & keyof R]>
  : never;
/** What a POST of this path is sent. */
export type Sent<P extends keyof paths> = paths[P] extends { post: { requestBody?: infer B } }
  ? Json<NonNullable<B>>
  : never;

/** What a GET of this path is asked with. */
export type Asked<P extends keyof paths> = paths[P] extends { get: { parameters: { query?: infer Q } } }
  ? NonNullable<Q>
  : never;

/** Who is signed in. */
export type Session = Shown<'/api/auth/session'>;
/** A review as this person may see it. */
export type Review = Shown<'/api/reviews/{id}'>;
/** A review on the list. */
export type WorklistItem = Shown<'/api/reviews'>['items'][number];
/** The triage queue. */
export type Queue = Shown<'/api/triage/queue'>;
/** A patient in the queue. */
export type QueueRow = Queue['rows'][number];
/** A case with everything about it. */
export type CaseView = Shown<'/api/triage/cases/{id}'>;
/** Something a person is told. */
export type Notice = Shown<'/api/notices'>['items'][number];
/** What the rules say of an assessment. */
export type Evaluation = NonNullable<CaseView['evaluation']>;
/** What a person signs with. */
export type DecisionSent = Sent<'/api/reviews/{id}/decisions'>;
/** How the installation stands. */
export type Operations = Shown<'/api/admin/operations'>;
/** The hospital's day in figures. */
export type Today = Shown<'/api/admin/today'>;
/** A case as steps, without its patient. */
export type CaseTimeline = Shown<'/api/admin/cases/{id}/timeline'>;
/** A message of another system, without its text. */
export type DeadLetter = Shown<'/api/interop/dead-letters'>['items'][number];
/** Where ledger and workflows differ. */
export type Reconciliation = Shown<'/api/admin/reconciliation'>;
