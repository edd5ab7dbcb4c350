/** Who may import whom: this table is the architecture. `trespasses/` holds imports that it must refuse, and `check` sees that it does. */
const MAY_IMPORT = {
  'libs/domain': [],
  'libs/event-store': [],
  'libs/platform': [],
  'libs/event-store-postgres': ['libs/event-store', 'libs/platform'],
  'libs/event-store-kurrentdb': ['libs/event-store', 'libs/platform'],
  'libs/access': ['libs/domain', 'libs/platform'],
  'libs/ledger': ['libs/event-store', 'libs/platform'],
  'libs/commands': ['libs/domain', 'libs/event-store', 'libs/platform'],
  'libs/projections': ['libs/domain', 'libs/event-store', 'libs/platform'],
  'libs/composition': [
    'libs/domain', 'libs/event-store', 'libs/event-store-postgres', 'libs/event-store-kurrentdb', 'libs/platform', 'libs/commands', 'libs/projections',
    'libs/queries', 'libs/ledger', 'libs/verification', 'libs/delivery', 'libs/documents', 'libs/editions',
  ],
  'libs/documents': ['libs/domain', 'libs/event-store', 'libs/platform', 'libs/queries'],
  'libs/delivery': ['libs/domain', 'libs/event-store', 'libs/platform', 'libs/projections', 'libs/queries', 'libs/editions'],
  'libs/editions': ['libs/domain', 'libs/event-store', 'libs/platform', 'libs/projections', 'libs/queries', 'libs/ledger'],
  'libs/verification': ['libs/domain', 'libs/event-store', 'libs/platform', 'libs/projections', 'libs/ledger'],
  'libs/queries': ['libs/domain', 'libs/event-store', 'libs/platform', 'libs/projections'],
};
/** Each vendor's client lives in one place. */
const ONLY_IN = {
  '@nestjs/': '^(apps|libs/(commands|queries))/',
  'pg$': '^(libs/(access|platform|event-store-postgres|commands|composition|delivery|editions|ledger|projections|queries)|apps|bench)/',
  '@kurrent/': '^(libs/event-store-kurrentdb|bench)/',
  'node-pg-migrate': '^libs/platform/',
  'jose': '^(libs/access|apps/api)/',
  'commander': '^apps/cli/',
  'nodemailer': '^libs/delivery/',
  'standardwebhooks': '^libs/delivery/',
  'class-(validator|transformer)': '^apps/api/',
};

const within = (folder) => `^${folder}/`;
/** What a test may use beyond the walls: the contract suites and stores that other rooms offer for testing. */
const TESTS = '(\\.spec\\.ts$|/testing/)';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...Object.entries(MAY_IMPORT).map(([lib, others]) => ({
      name: `walls-of-${lib.replace('libs/', '')}`,
      severity: 'error',
      from: { path: within(lib), pathNot: TESTS },
      to: { path: '^(libs|apps|bench)/', pathNot: [lib, ...others].map(within) },
    })),
    {
      name: 'no-app-imports-another',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'no-lib-imports-an-app',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'domain-is-pure',
      severity: 'error',
      from: { path: '^libs/domain/', pathNot: TESTS },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'] },
    },
    ...Object.entries(ONLY_IN).map(([vendor, home]) => ({
      name: `only-at-home-${vendor.replace(/[^a-z]/g, '')}`,
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: [home, TESTS] },
      to: { path: `node_modules/(@types/)?${vendor}` },
    })),
    {
      name: 'no-testing-in-production',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: TESTS },
      to: { path: '(\\.spec\\.ts$|/testing/)' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    webpackConfig: { fileName: require('node:path').join(__dirname, 'resolve.cjs') },
  },
};
