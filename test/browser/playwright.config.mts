import { defineConfig } from '@playwright/test';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const shots = process.env['COUNTERSIGN_SHOTS'] === '1';

/** A Chromium that shows pages and does nothing else; which one, scripts/browser.mjs found. */
const launchOptions = {
  executablePath: process.env['COUNTERSIGN_CHROMIUM'] ?? '/usr/bin/chromium',
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: shots ? /\.shots\.ts$/ : /\.browser-spec\.ts$/,
  globalSetup: './support/start-product.ts',
  // One product and one browser: the specs share them, and the machine with other tests.
  workers: 1,
  timeout: shots ? 600_000 : 60_000,
  expect: { timeout: 10_000 },
  // As the other suites with real processes: what failed on a noisy machine is run once more, and said to be unsteady.
  retries: shots ? 0 : 1,
  outputDir: join(root, 'dist/browser-results'),
  reporter: [['line'], ...(process.env['COUNTERSIGN_BROWSER_REPORT'] ? [['json'] as ['json']] : [])],
  build: { external: ['**/dist/**'] },
  use: {
    launchOptions,
    viewport: { width: 1280, height: 800 },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    colorScheme: 'light',
  },
});
