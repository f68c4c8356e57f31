import { type QueryClient } from '@tanstack/react-query';
import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { matchPath } from 'react-router';
import { needOfficeTexts } from '../i18n/i18n';
import { holds } from '../session/session';
import { type Session } from '../api/types';

type Role = Session['grants'][number]['role'];

/** What a screen shows; `fetch` has its module come before it is shown. */
type ScreenComponent = LazyExoticComponent<ComponentType> & { readonly fetch: () => void };

/** A screen: where it is, who is offered it, and how it is called in the navigation (`nav.json`). */
export interface Screen {
  readonly id: string;
  readonly path: string;
  /** Whom the navigation offers it; what may be read there, the API says. */
  readonly roles: readonly Role[] | 'everybody';
  readonly group: 'desk' | 'admin' | 'it';
  /** Not in the navigation: reached from another screen. */
  readonly hidden?: true;
  readonly Component: ScreenComponent;
  /** Asks already for what the screen will show; only for a screen that is waited for. */
  readonly read?: (client: QueryClient) => Promise<void>;
}

const atTheDesk = ['triage_nurse', 'charge_nurse', 'physician'] as const;
const editingRules = ['system_admin', 'clinical_lead'] as const;
const readingRules = [...editingRules, 'auditor'] as const;
const overseers = ['system_admin', 'clinical_lead', 'charge_nurse', 'auditor'] as const;

type Load<K extends string> = () => Promise<Record<K, ComponentType>>;

/** A component of a module that is fetched when the screen is first opened, or sooner. */
const page = <K extends string>(load: Load<K>, name: K, fetched: Load<K> = load): ScreenComponent =>
  // What could not be fetched early is asked for again, and missed, when the screen is opened.
  Object.assign(
    lazy(async () => ({ default: (await load())[name] })),
    { fetch: () => void fetched().catch(() => undefined) },
  );

/** The same of administration and operations, with their texts. */
const officePage = <K extends string>(loadPage: Load<K>, name: K): ScreenComponent =>
  page(
    async () => {
      await needOfficeTexts();
      return loadPage();
    },
    name,
    loadPage,
  );

/** Every screen, in the order of the navigation. */
export const screens: readonly Screen[] = [
  {
    id: 'queue',
    path: '/queue',
    roles: atTheDesk,
    group: 'desk',
    Component: page(() => import('../triage/queue/QueueScreen'), 'QueueScreen'),
    read: async (client) => (await import('../triage/queue/use-queue')).readQueue(client),
  },
  {
    id: 'intake',
    path: '/intake',
    roles: atTheDesk,
    group: 'desk',
    Component: page(() => import('../triage/intake/IntakeScreen'), 'IntakeScreen'),
  },
  {
    id: 'reassess',
    path: '/reassess',
    roles: atTheDesk,
    group: 'desk',
    Component: page(() => import('../triage/reassess/ReassessScreen'), 'ReassessScreen'),
  },
  {
    id: 'case',
    path: '/cases/:id',
    roles: atTheDesk,
    group: 'desk',
    hidden: true,
    Component: page(() => import('../triage/case/CaseScreen'), 'CaseScreen'),
  },
  {
    id: 'assess',
    path: '/cases/:id/reassess',
    roles: atTheDesk,
    group: 'desk',
    hidden: true,
    Component: page(() => import('../triage/reassess/AssessScreen'), 'AssessScreen'),
  },
  {
    id: 'reviews',
    path: '/reviews',
    roles: atTheDesk,
    group: 'desk',
    Component: page(() => import('../reviews/WorklistScreen'), 'WorklistScreen'),
  },
  {
    id: 'review',
    path: '/reviews/:id',
    roles: atTheDesk,
    group: 'desk',
    hidden: true,
    Component: page(() => import('../reviews/ReviewScreen'), 'ReviewScreen'),
  },
  {
    id: 'today',
    path: '/admin/today',
    roles: overseers,
    group: 'admin',
    Component: officePage(() => import('../admin/today/TodayScreen'), 'TodayScreen'),
  },
  {
    id: 'ops',
    path: '/ops',
    roles: ['system_admin'],
    group: 'it',
    Component: officePage(() => import('../ops/OpsScreen'), 'OpsScreen'),
  },
  {
    id: 'caseTimeline',
    path: '/admin/cases/:id',
    roles: overseers,
    group: 'admin',
    hidden: true,
    Component: officePage(() => import('../ops/case/CaseTimelineScreen'), 'CaseTimelineScreen'),
  },
  {
    id: 'automation',
    path: '/admin/automation',
    roles: overseers,
    group: 'admin',
    Component: officePage(() => import('../admin/automation/AutomationScreen'), 'AutomationScreen'),
  },
  {
    id: 'quality',
    path: '/admin/quality',
    roles: readingRules,
    group: 'admin',
    Component: officePage(() => import('../admin/quality/QualityScreen'), 'QualityScreen'),
  },
  {
    id: 'packs',
    path: '/admin/rule-packs',
    roles: readingRules,
    group: 'admin',
    Component: officePage(() => import('../admin/packs/RulePacksScreen'), 'RulePacksScreen'),
  },
  {
    id: 'pack',
    path: '/admin/rule-packs/:id',
    roles: readingRules,
    group: 'admin',
    hidden: true,
    Component: officePage(() => import('../admin/packs/RulePackScreen'), 'RulePackScreen'),
  },
  {
    id: 'pack-edit',
    path: '/admin/rule-packs/:id/edit',
    roles: editingRules,
    group: 'admin',
    hidden: true,
    Component: officePage(() => import('../admin/packs/EditPacksScreen'), 'EditPacksScreen'),
  },
  {
    id: 'pack-from',
    path: '/admin/rule-packs/from/:name',
    roles: editingRules,
    group: 'admin',
    hidden: true,
    Component: officePage(() => import('../admin/packs/EditPacksScreen'), 'EditPacksScreen'),
  },
  {
    id: 'users',
    path: '/admin/users',
    roles: ['security_admin'],
    group: 'admin',
    Component: officePage(() => import('../admin/users/UsersScreen'), 'UsersScreen'),
  },
  {
    id: 'machines',
    path: '/admin/service-accounts',
    roles: ['security_admin'],
    group: 'admin',
    Component: officePage(() => import('../admin/machines/ServiceAccountsScreen'), 'ServiceAccountsScreen'),
  },
  {
    id: 'kiosks',
    path: '/admin/kiosks',
    roles: ['system_admin'],
    group: 'admin',
    Component: officePage(() => import('../admin/kiosks/KiosksScreen'), 'KiosksScreen'),
  },
  {
    id: 'audit',
    path: '/admin/audit',
    roles: ['auditor'],
    group: 'admin',
    Component: officePage(() => import('../admin/audit/AuditScreen'), 'AuditScreen'),
  },
  {
    id: 'exports',
    path: '/admin/exports',
    roles: ['system_admin'],
    group: 'admin',
    Component: officePage(() => import('../admin/exports/ExportsScreen'), 'ExportsScreen'),
  },
  {
    id: 'settings',
    path: '/settings',
    roles: 'everybody',
    group: 'desk',
    hidden: true,
    Component: page(() => import('../settings/SettingsScreen'), 'SettingsScreen'),
  },
];

/** The screens a person is offered. */
export const screensOf = (session: Session): readonly Screen[] =>
  screens.filter(({ roles }) => roles === 'everybody' || holds(session, roles));

/** The screen of an address, for whoever may turn out to be signed in. */
export const screenAt = (address: string): Screen | undefined => screens.find(({ path }) => matchPath(path, address));
