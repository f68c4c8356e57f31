// The tests in a browser: finds a Chromium on this machine (none is ever fetched) and runs Playwright with it.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { root } from './source-fingerprint.mjs';

const require = createRequire(import.meta.url);
const names = ['chromium', 'chromium-browser', 'google-chrome'];

const executable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The Chromium of this machine: `COUNTERSIGN_CHROMIUM`, else one on the PATH; undefined when there is none. */
export const findChromium = () => {
  const named = process.env.COUNTERSIGN_CHROMIUM;
  if (named) return executable(named) ? named : undefined;
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin'].filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
};

/** What to say when there is none. */
export const noChromium =
  'no Chromium was found (COUNTERSIGN_CHROMIUM, or chromium on the PATH; Debian: apt-get install chromium fonts-noto-cjk)';

/** Runs Playwright; `env` and `args` are its own. Answers its exit code. */
export const runPlaywright = (chromium, { env = {}, args = [], stdio = 'inherit' } = {}) =>
  spawnSync(
    process.execPath,
    [
      join(dirname(require.resolve('@playwright/test/package.json')), 'cli.js'),
      'test',
      '-c',
      'test/browser/playwright.config.mts',
      ...args,
    ],
    {
      cwd: root,
      stdio,
      env: {
        ...process.env,
        // The product's own code as it was built; Playwright compiles the specs alone.
        NODE_OPTIONS: '--conditions=dist --disable-warning=ExperimentalWarning',
        COUNTERSIGN_CHROMIUM: chromium,
        ...env,
      },
    },
  ).status ?? 1;
