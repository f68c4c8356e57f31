import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflows } from './support/bundle-workflows';

jest.setTimeout(120_000);

const root = join(__dirname, '..');

interface Cruise {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: { rule: { name: string }; from: string; to: string }[];
  };
  readonly modules: { readonly source: string }[];
}

const cruise = (): Cruise =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs'),
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'json',
        'apps',
        'workflows',
        'activities',
        'libs',
      ],
      { cwd: root, maxBuffer: 256 * 1024 * 1024, encoding: 'utf8' },
    ),
  ) as Cruise;

const sources = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('spec.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

describe('the import rules', () => {
  it('saw the whole product and found nothing', () => {
    const { summary, modules } = cruise();
    // With only TypeScript 7 installed it passes having seen nothing at all.
    expect(modules.filter(({ source }) => /^(apps|workflows|activities|libs)\//.test(source)).length).toBeGreaterThan(
      250,
    );
    expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`)).toEqual([]);
  });
});

describe('the workflow bundle', () => {
  let modules: ReadonlySet<string>;

  beforeAll(async () => {
    const { code } = await bundleWorkflows();
    modules = new Set([...code.matchAll(/"\.\/([^"\s]+\.(?:ts|js|cjs|mjs))"/g)].map(([, path]) => path ?? ''));
  });

  it('holds no schema library, no Node module and nothing that touches the world', () => {
    expect([...modules].some((path) => path.startsWith('workflows/triage/'))).toBe(true);
    const forbidden =
      /node_modules\/(zod|typeorm|pg|openai|@nestjs)|^(apps|activities)\/|^libs\/(db|llm|config|crypto|temporal\/(?!failure|clean))/;
    expect([...modules].filter((path) => forbidden.test(path))).toEqual([]);
  });

  it('holds no state of ours in a module: all workflows of a thread share them', () => {
    const ours = [...modules].filter((path) => /^(workflows|libs)\/.*\.ts$/.test(path));
    expect(ours.length).toBeGreaterThan(10);
    const state = /^(export )?(let|var)\b|^(export )?const \w+[^=]*= (new (Map|Set|WeakMap|WeakSet)\b|\[\];|\{\};)/m;
    expect(ours.filter((path) => state.test(readFileSync(join(root, path), 'utf8')))).toEqual([]);
  });
});

describe('the environment', () => {
  it('is read by libs/config alone, and by what starts children', () => {
    const readers = ['apps', 'workflows', 'activities', 'libs']
      .flatMap(sources)
      .filter((path) => readFileSync(path, 'utf8').includes('process.env'))
      .map((path) => path.slice(root.length + 1))
      .filter((path) => !path.startsWith('libs/config/') && !path.startsWith('apps/cli/'));
    expect(readers).toEqual([]);
  });
});
