import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundle } from '@temporalio/worker';
import { failureConverterPath } from '#libs/temporal/data-converter';

const silent = {
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  log: () => undefined,
};

const sandbox = join(__dirname, '../../workflows/sandbox.ts');

/** Bundles the product's workflows from their sources (or mutated copies of them), as the build does. */
export const bundleWorkflows = (workflowsPath = join(__dirname, '../../workflows/index.ts')): Promise<WorkflowBundle> =>
  bundleWorkflowCode({ workflowsPath, failureConverterPath, preloadModules: [sandbox], logger: silent });
