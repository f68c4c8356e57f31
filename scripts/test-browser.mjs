// `npm run test:browser [-- <Playwright's arguments>]` and `npm run shots`: builds if need be, then drives the product.
import { findChromium, noChromium, runPlaywright } from './browser.mjs';

const shots = process.argv.includes('--shots');
const args = process.argv.slice(2).filter((argument) => argument !== '--shots');
const chromium = findChromium();
if (chromium === undefined) {
  console.error(`nothing was run: ${noChromium}`);
  process.exit(1);
}
await import('./build-if-stale.mjs');
process.exit(runPlaywright(chromium, { args, env: shots ? { COUNTERSIGN_SHOTS: '1' } : {} }));
