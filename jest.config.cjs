/**
 * Three sizes of test, told apart by file name: *.spec.ts (no I/O), *.db-spec.ts (PostgreSQL), *.e2e-spec.ts (everything);
 * beside them *.nightly-spec.ts, which `npm run test:nightly` alone runs, and *.browser-spec.ts, which are Playwright's.
 */
const shared = {
  testEnvironment: 'node',
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.countersign/'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};

/** @type {import('jest').Config} */
module.exports = {
  testTimeout: 90_000,
  projects: [
    { ...shared, displayName: 'unit', testRegex: '(?<!\\.db|\\.e2e)\\.spec\\.ts$' },
    { ...shared, displayName: 'db', testRegex: '\\.db-spec\\.ts$' },
    { ...shared, displayName: 'e2e', testRegex: '\\.e2e-spec\\.ts$' },
    { ...shared, displayName: 'nightly', testRegex: '\\.nightly-spec\\.ts$' },
  ],
};
