// Builds only when a source file changed since the last build, so that a second start takes no build time.
import { existsSync, readFileSync } from 'node:fs';
import { fingerprint, stampFile } from './source-fingerprint.mjs';

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== fingerprint()) {
  if (!process.argv.includes('--quiet')) console.error('building …');
  await import('./build.mjs');
}
