import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { repositoryRoot } from '#libs/embedded/repository';

/** What the browser tests know of Chromium: where it is, and what to say when there is none. */
interface Finder {
  readonly findChromium: () => string | undefined;
  readonly noChromium: string;
}

/** The Chromium that the browser tests would take; else why there is none. */
export const findChromium = async (): Promise<{ readonly path: string } | { readonly missing: string }> => {
  const scripts = pathToFileURL(join(repositoryRoot(), 'scripts/browser.mjs')).href;
  const finder = (await import(scripts)) as Finder;
  const path = finder.findChromium();
  return path === undefined ? { missing: finder.noChromium } : { path };
};
