import fc from 'fast-check';
import { type CruisedModule, folderEdges, folderOf, importGraph } from './import-graph';

const cruised = (source: string, ...imports: string[]): CruisedModule => ({
  source,
  dependencies: imports.map((resolved) => ({ resolved })),
});
const modules = [
  cruised('libs/db/a.ts', 'libs/db/b.ts', 'libs/auth/c.ts', 'node_modules/pg/index.d.ts'),
  cruised('apps/api/src/x.ts', 'libs/db/a.ts', 'libs/db/b.ts'),
  cruised('workflows/index.ts', 'libs/review/r.ts'),
  cruised('apps/api/src/x.spec.ts', 'apps/worker/src/w.ts'),
  cruised('test/support/t.ts', 'libs/db/a.ts'),
];

describe('the import graph', () => {
  it('draws libraries, applications, workflows and activities', () => {
    expect(
      ['libs/db/stores/a.ts', 'apps/api/src/main.ts', 'workflows/triage/x.ts', 'activities/index.ts'].map(folderOf),
    ).toEqual(['libs/db', 'apps/api', 'workflows', 'activities']);
  });

  it('has each edge once, none within a folder, none to packages, none of tests', () => {
    expect(folderEdges(modules)).toEqual([
      ['apps/api', 'libs/db'],
      ['libs/db', 'libs/auth'],
      ['workflows', 'libs/review'],
    ]);
  });

  it('is the same whatever the order in which modules were seen', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(modules, { minLength: modules.length }), (shuffled) => {
        expect(importGraph(shuffled)).toBe(importGraph(modules));
      }),
    );
  });

  it('is Mermaid', () => {
    const text = importGraph(modules);
    expect(text).toContain('```mermaid\ngraph LR\n');
    expect(text).toContain('  apps_api["apps/api"]\n');
    expect(text).toContain('  apps_api --> libs_db\n');
    expect(text).not.toContain('spec');
  });
});
