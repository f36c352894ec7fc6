/** The import table of the design as rules: who may import whom. One row per app and per lib. */
const libs = ['events', 'kafka', 'sealing', 'read-model', 'matching', 'audit', 'identity', 'kept', 'runtime', 'publisher'];
/** Why the projector may import matching: deploy/decisions/0001-search-keys-are-normalised-in-one-place.md */
const mayImport = {
  'apps/ingest': ['events', 'kafka', 'sealing', 'audit', 'identity', 'runtime'],
  'apps/matcher': ['events', 'kafka', 'sealing', 'matching', 'runtime'],
  'apps/projector': ['events', 'kafka', 'sealing', 'read-model', 'matching', 'runtime'],
  'apps/query': ['events', 'read-model', 'matching', 'audit', 'identity', 'kept', 'runtime'],
  'apps/ops': ['events', 'kafka', 'sealing', 'read-model', 'matching', 'audit', 'identity', 'kept', 'runtime'],
  'apps/demo': ['events', 'publisher', 'runtime'],
  'libs/events': [],
  'libs/matching': [],
  'libs/runtime': [],
  'libs/publisher': ['events'],
  'libs/kafka': ['events', 'runtime'],
  'libs/sealing': ['runtime'],
  'libs/read-model': ['runtime'],
  'libs/audit': ['sealing', 'runtime'],
  'libs/identity': ['runtime'],
  'libs/kept': ['events'],
};
const importTable = Object.entries(mayImport).map(([place, allowed]) => {
  const barred = libs.filter((lib) => !allowed.includes(lib) && place !== `libs/${lib}`);
  return {
    name: `${place}-imports`,
    severity: 'error',
    from: { path: `^${place}/`, pathNot: '\\.spec\\.ts$' },
    to: { path: `^libs/(${barred.join('|')})/` },
  };
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...importTable,
    { name: 'apps-never-import-apps', severity: 'error', from: { path: '^apps/([^/]+)/' }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    {
      name: 'libs-never-import-apps',
      severity: 'error',
      from: { path: '^libs/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(apps|deploy)/' },
    },
    { name: 'libs-never-import-tests', severity: 'error', from: { path: '^libs/', pathNot: '\\.spec\\.ts$' }, to: { path: '^test/' } },
    {
      name: 'apps-never-import-tests',
      severity: 'error',
      from: { path: '^apps/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(test|deploy)/' },
    },
    {
      name: 'a-lib-is-entered-by-its-index',
      severity: 'error',
      from: { path: '^(apps|libs|test|deploy)/([^/]+)/' },
      to: { path: '^libs/([^/]+)/src/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    { name: 'no-index-files-inside-apps', severity: 'error', from: {}, to: { path: '^apps/.*/index\\.ts$' } },
    {
      name: 'only-libs-kafka-knows-kafkajs',
      severity: 'error',
      from: { pathNot: '^(libs/kafka|test|deploy)/' },
      to: { path: 'node_modules/(kafkajs|@kafkajs)/' },
    },
    {
      name: 'only-ask-knows-the-query-bus',
      comment: 'ask.ts is the only door to personal data; see oxlint no-restricted-imports for QueryBus itself',
      severity: 'error',
      from: {
        path: '^apps/(?!query/src/(ask|query\\.module))[^/]+/',
        pathNot: ['\\.query\\.ts$', '\\.command\\.ts$', '\\.module\\.ts$', '^apps/(ingest|query)/'],
      },
      to: { path: 'node_modules/@nestjs/cqrs/' },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.local)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'require', 'node', 'default'] },
  },
};
