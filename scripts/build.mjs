// Builds dist/: TypeScript through the Nest builder, the workflow bundle the worker loads, the screens the API serves.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fingerprint, root, stampFile } from './source-fingerprint.mjs';

const require = createRequire(import.meta.url);

const built = spawnSync(process.execPath, [require.resolve('@nestjs/cli/bin/nest.js'), 'build'], {
  cwd: root,
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(built.status ?? 1);

if (existsSync(`${root}workflows/index.ts`)) {
  const { bundleWorkflowCode } = require('@temporalio/worker');
  const logger = { trace() {}, debug() {}, info() {}, log() {}, warn: console.warn, error: console.error };
  const failureConverterPath = `${root}libs/temporal/failure-converter.ts`;
  const { code } = await bundleWorkflowCode({
    workflowsPath: `${root}workflows/index.ts`,
    failureConverterPath,
    preloadModules: [`${root}workflows/sandbox.ts`],
    logger,
  });
  mkdirSync(`${root}dist`, { recursive: true });
  writeFileSync(`${root}dist/workflow-bundle.js`, code);
}
const { build } = await import('vite');
await build({ configFile: `${root}apps/web/vite.config.mts`, logLevel: 'warn' });
writeFileSync(stampFile, fingerprint());
