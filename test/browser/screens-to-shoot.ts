import { type Page } from '@playwright/test';
import { type Patient } from './support/desk';

/** What the screens need to be there for. */
export interface Scene {
  /** Whose level waits to be signed. */
  readonly patient: Patient;
  /** A version of the rule packs that waits for its approval. */
  readonly packsId: string;
}

/** A screen as the proof walks it: axe, scans, wide texts and pictures are made from this list. */
export interface ScreenToShoot {
  /** The id in apps/web/src/app/screens.ts; `sign-in` and `not-found` beside them. */
  readonly id: string;
  /** Who opens it; null: nobody is signed in. */
  readonly login: string | null;
  readonly path: (scene: Scene) => string;
  /** Is there when the screen is ready to be looked at. */
  readonly ready: string;
  /** What is done on the screen before it is looked at. */
  readonly prepare?: (page: Page, scene: Scene) => Promise<void>;
}

/** Every screen, by one line each. A screen that the product has and this list has not fails the proof. */
export const screensToShoot: readonly ScreenToShoot[] = [
  { id: 'sign-in', login: null, path: () => '/', ready: '.sign-in form' },
  { id: 'queue', login: 'nurse1', path: () => '/queue', ready: '.queue-table' },
  { id: 'reviews', login: 'nurse1', path: () => '/reviews', ready: '.worklist li' },
  { id: 'review', login: 'nurse1', path: ({ patient }) => `/reviews/${patient.reviewId}`, ready: '.level-choice' },
  { id: 'intake', login: 'nurse1', path: () => '/intake', ready: '.intake-fields' },
  { id: 'reassess', login: 'nurse1', path: () => '/reassess', ready: '.reassess h1' },
  { id: 'case', login: 'nurse1', path: ({ patient }) => `/cases/${patient.caseId}`, ready: '.case-parts' },
  {
    id: 'assess',
    login: 'nurse1',
    path: ({ patient }) => `/cases/${patient.caseId}/reassess`,
    ready: '.intake-fields',
  },
  { id: 'settings', login: 'nurse1', path: () => '/settings', ready: '.settings h1' },
  { id: 'not-found', login: 'nurse1', path: () => '/nowhere', ready: 'main h1' },
  { id: 'today', login: 'sysadmin', path: () => '/admin/today', ready: '.today h1' },
  { id: 'ops', login: 'sysadmin', path: () => '/ops', ready: '.ops h1' },
  {
    id: 'caseTimeline',
    login: 'sysadmin',
    path: ({ patient }) => `/admin/cases/${patient.caseId}`,
    ready: '.ops h1',
  },
  { id: 'automation', login: 'sysadmin', path: () => '/admin/automation', ready: '.process-parts' },
  { id: 'kiosks', login: 'sysadmin', path: () => '/admin/kiosks', ready: '.admin-table, .admin-empty' },
  { id: 'exports', login: 'sysadmin', path: () => '/admin/exports', ready: '.admin form' },
  { id: 'quality', login: 'lead1', path: () => '/admin/quality', ready: '.admin h1' },
  { id: 'packs', login: 'lead1', path: () => '/admin/rule-packs', ready: '.packs-in-force' },
  // Not beside pack-edit: both are one component, which would stay as it is.
  { id: 'pack-from', login: 'lead1', path: () => '/admin/rule-packs/from/cn-his-mews', ready: '.bands-editor' },
  { id: 'pack', login: 'lead1', path: ({ packsId }) => `/admin/rule-packs/${packsId}`, ready: '.pack-tables' },
  {
    id: 'pack-edit',
    login: 'lead1',
    path: ({ packsId }) => `/admin/rule-packs/${packsId}/edit`,
    ready: '.bands-editor',
  },
  { id: 'users', login: 'secadmin', path: () => '/admin/users', ready: '.admin-table' },
  { id: 'machines', login: 'secadmin', path: () => '/admin/service-accounts', ready: '.admin-table, .admin-empty' },
  { id: 'audit', login: 'auditor', path: () => '/admin/audit', ready: '.admin h1' },
];
