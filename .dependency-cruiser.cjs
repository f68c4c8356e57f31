/** Who may import whom (docs/technical-description.md, "Import rules"). Each rule says why it is there. */
const spec = '\\.(spec|db-spec|e2e-spec)\\.ts$';
const npm = 'node_modules/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycle',
      comment: 'A cycle means two rooms are one room: nobody can read or test either alone.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'workflows-touch-nothing',
      comment:
        'Workflow code is replayed: zod, Node and Nest in its bundle exhaust isolates or break determinism. Schemas are types here; test/architecture.spec.ts looks into the bundle itself.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: spec },
      to: {
        dependencyTypesNot: ['type-only'],
        pathNot: ['^workflows/', '^libs/(processes|review)/', '^libs/errors/', `${npm}@temporalio/(workflow|common)/`],
      },
    },
    {
      name: 'workflows-and-activities-meet-in-contracts',
      comment: 'The contract owns the activity signatures; the two sides never see each other, not even as types.',
      severity: 'error',
      from: { path: '^workflows/', pathNot: spec },
      to: { path: '^(activities|apps)/' },
    },
    {
      name: 'activities-get-their-dependencies',
      comment: 'Activities are functions over given dependencies: no Nest, no workflow, no application.',
      severity: 'error',
      from: { path: '^activities/', pathNot: spec },
      to: { path: ['^(workflows|apps)/', `${npm}@nestjs/`, `${npm}@temporalio/(workflow|worker|client)/`] },
    },
    {
      name: 'activities-see-stores-as-types',
      comment: 'A store or client instance is handed in by the worker, so a test can hand in another.',
      severity: 'error',
      from: { path: '^activities/', pathNot: spec },
      to: { path: ['^libs/(config|db|temporal)/', `${npm}(typeorm|pg|openai)/`], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'processes-are-pure',
      comment: 'What a process is (contract, rules) runs in the browser, the workflow and the API alike.',
      severity: 'error',
      from: { path: '^libs/(processes|review|packs)/', pathNot: spec },
      to: { pathNot: ['^libs/(processes|review|packs|errors|auth)/', `${npm}zod/`] },
    },
    {
      name: 'preferences-are-zod-only',
      comment: 'The web checks what a person sets by the same schema as the API.',
      severity: 'error',
      from: { path: '^libs/preferences/', pathNot: spec },
      to: { pathNot: ['^libs/preferences/', `${npm}zod/`] },
    },
    {
      name: 'processes-do-not-know-each-other',
      comment: 'A process is one room: what two share belongs in packs or review.',
      severity: 'error',
      from: { path: '^libs/processes/([^/]+)/', pathNot: spec },
      to: { path: '^libs/processes/([^/]+)/', pathNot: '^libs/processes/$1/' },
    },
    {
      name: 'libs-do-not-know-applications',
      comment: 'Libraries serve the applications, never the other way.',
      severity: 'error',
      from: { path: '^libs/', pathNot: spec },
      to: { path: '^(apps|workflows|activities)/' },
    },
    {
      name: 'search-runs-in-the-browser',
      comment: 'The screens search with it at every key: no Node, no database.',
      severity: 'error',
      from: { path: '^libs/search/', pathNot: spec },
      to: { pathNot: ['^libs/(search|packs)/', `${npm}pinyin-pro/`] },
    },
    {
      name: 'only-the-solver-knows-the-solver',
      comment: 'libs/solver is pure: data in, plan out. No Nest, no database, no model, no file; zod at its door.',
      severity: 'error',
      from: { path: '^libs/solver/', pathNot: [spec, '^libs/solver/engine/(threads|solver\\.thread)\\.ts$'] },
      to: { pathNot: ['^libs/solver/', `${npm}(zod|highs)/`] },
    },
    {
      name: 'only-bounds-know-a-linear-solver',
      comment:
        'HiGHS proves how good a plan can be; a search that needs three megabytes of WebAssembly is another one.',
      severity: 'error',
      from: { path: '^libs/solver/', pathNot: '^libs/solver/bound/' },
      to: { path: `${npm}highs/` },
    },
    {
      name: 'validators-know-no-search',
      comment: 'A validator that shares cost code with the search would agree with its mistakes.',
      severity: 'error',
      from: { path: '^libs/solver/.+\\.validator\\.ts$' },
      to: { path: '^libs/solver/', pathNot: ['\\.(problem|validator)\\.ts$', '^libs/solver/arrays\\.ts$'] },
    },
    {
      name: 'api-starts-workflows-by-name',
      comment: 'Requests touch only PostgreSQL; workflow code in the API would couple their deployments.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: spec },
      to: { path: ['^(workflows|activities)/', '^apps/(?!api/)', `${npm}@temporalio/(worker|workflow|activity)/`] },
    },
    {
      name: 'worker-loads-the-barrels',
      comment: 'The worker registers what the barrels list; a deep import would bypass the registry.',
      severity: 'error',
      from: { path: '^apps/worker/', pathNot: spec },
      to: { path: '^(workflows|activities)/', pathNot: '^(workflows|activities)/index\\.ts$' },
    },
    {
      name: 'screens-know-what-processes-are',
      comment: 'The browser gets contracts, rules and words; stores, keys and servers are none of its business.',
      severity: 'error',
      from: { path: '^apps/web/', pathNot: spec },
      to: {
        path: [
          '^(workflows|activities)/',
          '^apps/(?!web/)',
          '^libs/(?!processes|review|packs|errors|auth|triage-desk|api-client/schema|search|preferences)',
        ],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['default', 'import', 'require', 'node', 'types'],
      exportsFields: ['exports'],
    },
  },
};
