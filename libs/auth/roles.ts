/** What a person may be; roles are granted on one ward or on all. Names as in the hospital (docs/glossary.md). */
export const roles = [
  'triage_nurse',
  'charge_nurse',
  'physician',
  'bed_manager',
  'ward_nurse',
  'coder',
  'billing_lead',
  'clinical_lead',
  'system_admin',
  'security_admin',
  'auditor',
] as const;

/** One of {@link roles}. */
export type Role = (typeof roles)[number];

/** The three administrators: nobody holds two of them. */
export const administratorRoles = ['system_admin', 'security_admin', 'auditor'] as const satisfies readonly Role[];

/** What a service account may do; no scope lets a machine decide. */
export const scopes = ['hl7v2:write', 'triage:write', 'triage:read', 'ops:read'] as const;

/** One of {@link scopes}. */
export type Scope = (typeof scopes)[number];
