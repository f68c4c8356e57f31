import { type Role, type Scope } from '#libs/auth/roles';

/**
 * Who may call a route: anybody; any signed-in person, perhaps with a locked session (`session`), perhaps with a
 * temporary password (`own-password`; `session` as well); any other signed-in person; whoever holds one of the roles (on any ward: the stores narrow it to theirs), and machines with one of the scopes;
 * or boards on a wall, and nobody else.
 */
export type Access =
  | 'public'
  | 'session'
  | 'own-password'
  | 'signed-in'
  | { readonly roles: readonly Role[]; readonly scopes?: readonly Scope[] }
  | { readonly kiosk: true };

/** Route by route, `METHOD /path/:pattern`. A route that is not declared is not served: the boot fails. */
export type Policy = Readonly<Record<string, Access>>;

const platform: Policy = {
  'GET /healthz': 'public',
  'GET /healthz/readiness': 'public',
  'GET /api/openapi.json': 'public',
};

const identity: Policy = {
  'POST /api/auth/login': 'public',
  'POST /api/auth/logout': 'session',
  'POST /api/auth/unlock': 'session',
  'GET /api/auth/session': 'session',
  'POST /api/auth/password': 'own-password',
};

const events: Policy = {
  'GET /api/events': 'signed-in',
};

const securityAdministration: Access = { roles: ['security_admin'] };
const systemAdministration: Access = { roles: ['system_admin'] };
const turningOff: Access = { roles: ['system_admin', 'clinical_lead', 'charge_nurse'] };
const editingRules: Access = { roles: ['system_admin', 'clinical_lead'] };
const overseeing: Access = { roles: ['system_admin', 'clinical_lead', 'charge_nurse', 'auditor'] };
const readingRules: Access = { roles: ['system_admin', 'clinical_lead', 'auditor'] };
const auditing: Access = { roles: ['auditor'] };
/* Which of them may take what along, the kind of export says. */
const exporting: Access = { roles: ['auditor', 'system_admin'] };

const administration: Policy = {
  'GET /api/admin/users': securityAdministration,
  'POST /api/admin/users': securityAdministration,
  'POST /api/admin/users/:id/password': securityAdministration,
  'POST /api/admin/users/:id/disable': securityAdministration,
  'POST /api/admin/users/:id/enable': securityAdministration,
  'POST /api/admin/users/:id/grants': securityAdministration,
  'DELETE /api/admin/users/:id/grants/:grantId': securityAdministration,
  'GET /api/admin/service-accounts': securityAdministration,
  'POST /api/admin/service-accounts': securityAdministration,
  'DELETE /api/admin/service-accounts/:id': securityAdministration,
  'GET /api/admin/kiosks': systemAdministration,
  'POST /api/admin/kiosks': systemAdministration,
  'DELETE /api/admin/kiosks/:id': systemAdministration,
  'GET /api/admin/rollouts/:process': overseeing,
  'PUT /api/admin/rollouts/:process': systemAdministration,
  'GET /api/admin/agreement/:process': { roles: ['system_admin', 'clinical_lead', 'auditor'] },
  'GET /api/admin/model-quality/:process': { roles: ['system_admin', 'clinical_lead', 'auditor'] },
  'GET /api/admin/today': overseeing,
  'POST /api/admin/cases/searches': overseeing,
  'GET /api/admin/cases/:id/timeline': overseeing,
  'GET /api/admin/operations': { roles: ['system_admin'], scopes: ['ops:read'] },
  'POST /api/admin/model-probes': systemAdministration,
  'POST /api/admin/manual-switches': turningOff,
  'DELETE /api/admin/manual-switches/:id': turningOff,
  'GET /api/admin/rule-packs': readingRules,
  'GET /api/admin/rule-packs/references/:name': readingRules,
  'GET /api/admin/rule-packs/:id': readingRules,
  'POST /api/admin/rule-packs': editingRules,
  'POST /api/admin/rule-packs/:id/dry-runs': editingRules,
  'POST /api/admin/rule-packs/:id/rollbacks': editingRules,
  'POST /api/admin/rule-packs/:id/approvals': { roles: ['clinical_lead'] },
  'GET /api/admin/audit': auditing,
  'POST /api/admin/audit/searches': auditing,
  'POST /api/admin/exports/counts': exporting,
  'POST /api/admin/exports': exporting,
  'GET /api/admin/outbox/dead': { roles: ['system_admin'], scopes: ['ops:read'] },
  'POST /api/admin/cases/:id/repairs': systemAdministration,
  'GET /api/admin/reconciliation': { roles: ['system_admin'], scopes: ['ops:read'] },
};

const atTheDesk: Access = { roles: ['triage_nurse', 'charge_nurse', 'physician'] };
const arriving: Access = { ...atTheDesk, scopes: ['triage:write'] };
const lookingOn: Access = { ...atTheDesk, scopes: ['triage:read'] };

const triage: Policy = {
  'POST /api/triage/cases': arriving,
  'POST /api/triage/resus': atTheDesk,
  'POST /api/triage/evaluations': atTheDesk,
  'POST /api/triage/cases/:id/assessments': arriving,
  'POST /api/triage/cases/:id/moves': atTheDesk,
  'POST /api/triage/cases/:id/moves/undo': atTheDesk,
  'PATCH /api/triage/cases/:id/patient': atTheDesk,
  'POST /api/triage/cases/:id/precautions': atTheDesk,
  'POST /api/triage/pre-notices': arriving,
  'GET /api/triage/pre-notices': lookingOn,
  'GET /api/triage/pre-notices/:id': lookingOn,
  'POST /api/triage/pre-notices/:id/corrections': arriving,
  'POST /api/triage/pre-notices/:id/endings': arriving,
  'POST /api/triage/pre-notices/:id/arrivals': atTheDesk,
  'GET /api/triage/downtime-list': atTheDesk,
  'GET /api/triage/queue': lookingOn,
  'POST /api/triage/search': atTheDesk,
  'GET /api/triage/vocabulary': atTheDesk,
  'GET /api/triage/cases/:id': lookingOn,
  'GET /api/notices': 'signed-in',
  'POST /api/notices/:id/acknowledge': 'signed-in',
  'GET /api/tasks': atTheDesk,
};

/* Reviewers of every gate; which of them may do what at which gate and ward, the gate itself says. */
const reviewers: Access = { roles: ['triage_nurse', 'charge_nurse', 'physician'] };

const reviews: Policy = {
  'GET /api/gates/:process/:step/form': reviewers,
  'GET /api/reviews': reviewers,
  'POST /api/reviews/claims': reviewers,
  'GET /api/reviews/:id': reviewers,
  'POST /api/reviews/:id/claim': reviewers,
  'POST /api/reviews/:id/release': reviewers,
  'GET /api/reviews/:id/receivers': reviewers,
  'POST /api/reviews/:id/reassign': reviewers,
  'POST /api/reviews/:id/judgements': reviewers,
  'POST /api/reviews/:id/decisions': reviewers,
  'POST /api/reviews/:id/second-signatures': reviewers,
  'POST /api/reviews/:id/declines': reviewers,
  'POST /api/reviews/:id/signature-withdrawals': reviewers,
  'POST /api/reviews/:id/redrafts': reviewers,
  'POST /api/reviews/:id/deferrals': reviewers,
  'POST /api/reviews/:id/escalations': reviewers,
  'GET /api/reviews/:id/amendment': reviewers,
  'PUT /api/reviews/:id/amendment': reviewers,
};

const handovers: Policy = {
  'GET /api/me/handovers': reviewers,
  'POST /api/me/handovers': reviewers,
  'POST /api/me/handovers/:id/acknowledgements': reviewers,
};

/* A person's own, whatever they work as: nobody else is shown it. */
const own: Policy = {
  'GET /api/me/preferences': 'signed-in',
  'PUT /api/me/preferences': 'signed-in',
  'GET /api/me/filters': 'signed-in',
  'POST /api/me/filters': 'signed-in',
  'PUT /api/me/filters/:id': 'signed-in',
  'DELETE /api/me/filters/:id': 'signed-in',
  'GET /api/me/quality': 'signed-in',
};

const interop: Policy = {
  'POST /api/interop/hl7v2': { roles: [], scopes: ['hl7v2:write'] },
  'GET /api/interop/messages': systemAdministration,
  'GET /api/interop/messages/:id': systemAdministration,
  'POST /api/interop/messages/:id/replays': systemAdministration,
  'POST /api/interop/messages/:id/dismissals': systemAdministration,
  'GET /api/interop/dead-letters': systemAdministration,
};

const onTheWall: Access = { kiosk: true };

const kiosk: Policy = {
  'GET /api/kiosk/board': onTheWall,
  'GET /api/kiosk/events': onTheWall,
};

/** The whole policy of the API: role by route, in this file and nowhere else. */
export const policy: Policy = {
  ...platform,
  ...identity,
  ...events,
  ...administration,
  ...triage,
  ...reviews,
  ...handovers,
  ...own,
  ...interop,
  ...kiosk,
};
