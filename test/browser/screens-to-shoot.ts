import { type Page } from '@playwright/test';
import { type Patient } from './support/desk';

/** What a screen needs to be there for: a patient whose level waits to be signed. */
export interface Scene {
  readonly patient: Patient;
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
  { id: 'not-found', login: 'nurse1', path: () => '/nowhere', ready: 'main h1' },
];
