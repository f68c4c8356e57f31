import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as activities from '#activities';
import { renderEnvExample } from '#libs/config/describe-config';
import { repositoryRoot } from '#libs/embedded/repository';
import { probePrompt } from '#libs/llm/probe';
import { wardJsonSchema } from '#libs/solver/operational/ward-answer.schema';
import { describeApi } from '../../../../api/src/describe-api';
import { clientTypes } from './client-types';
import { type GeneratedFile } from './generated-file';
import { type CruisedModule, importGraph } from './import-graph';
import { promptLockProblems, promptLockText, promptsAmong } from './prompt-lock-file';

const prompts = [probePrompt, ...promptsAmong(activities)];

const cruise = async (): Promise<CruisedModule[]> => {
  const root = repositoryRoot();
  const cruiser = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const folders = ['apps', 'workflows', 'activities', 'libs'];
  const args = [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders];
  const options = { cwd: root, maxBuffer: 256 * 1024 * 1024 };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return (JSON.parse(stdout) as { modules: CruisedModule[] }).modules;
};

/** Every generated file of the repository. */
export const generatedFiles: readonly GeneratedFile[] = [
  { path: '.env.example', render: async () => renderEnvExample() },
  { path: 'docs/openapi.json', render: describeApi },
  { path: 'libs/api-client/schema.ts', render: async () => clientTypes(await describeApi()) },
  { path: 'docs/solver-ward.schema.json', render: async () => `${JSON.stringify(wardJsonSchema(), null, 2)}\n` },
  { path: 'docs/import-graph.md', render: async () => importGraph(await cruise()) },
  {
    path: 'docs/prompts.lock.json',
    render: async (present) => promptLockText(prompts, present),
    problems: (text) => promptLockProblems(prompts, text),
  },
];
