import { type ComponentType, lazy, type LazyExoticComponent } from 'react';
import { holds } from '../session/session';
import { type Session } from '../api/types';

type Role = Session['grants'][number]['role'];

/** A screen: where it is, who is offered it, and how it is called in the navigation (`nav.json`). */
export interface Screen {
  readonly id: string;
  readonly path: string;
  /** Whom the navigation offers it; what may be read there, the API says. */
  readonly roles: readonly Role[] | 'everybody';
  readonly group: 'desk' | 'admin' | 'it';
  /** Not in the navigation: reached from another screen. */
  readonly hidden?: true;
  readonly Component: LazyExoticComponent<ComponentType>;
}

const atTheDesk = ['triage_nurse', 'charge_nurse', 'physician'] as const;

/** A component of a module that is fetched when the screen is first opened. */
const page = <K extends string>(load: () => Promise<Record<K, ComponentType>>, name: K) =>
  lazy(async () => ({ default: (await load())[name] }));

/** Every screen, in the order of the navigation. */
export const screens: readonly Screen[] = [
  {
    id: 'queue',
    path: '/queue',
    roles: atTheDesk,
    group: 'desk',
    Component: page(() => import('../triage/queue/QueueScreen'), 'QueueScreen'),
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
