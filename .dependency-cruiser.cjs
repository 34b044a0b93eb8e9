const PURE =
  '^lib/(text|math|verifiers|logic|importers|tokens|redundancy|metrics|analysis|rewards|stats|audit|leaderboard|figures|demo|schemas)/|^lib/(errors|registry|rng)\\.ts$';
const IO = '^lib/(db|jobs|ingest|judge|runner|http|paper)/|^lib/(env|known-tokenizers)\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: { pathNot: '^lib/db/generated' },
      to: { circular: true },
    },
    {
      name: 'lib-imports-no-edge',
      severity: 'error',
      from: { path: '^lib' },
      to: { path: '^(app|scripts|tests)/' },
    },
    {
      name: 'pure-imports-no-io',
      severity: 'error',
      from: { path: PURE },
      to: { path: [IO, '^node:', '^node_modules/(next|react|react-dom|pg|@prisma)/'] },
    },
    {
      name: 'pure-imports-no-core-module',
      severity: 'error',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-never-reaches-io',
      severity: 'error',
      from: { path: '\\.client\\.tsx?$' },
      to: { path: IO, reachable: true },
    },
    {
      name: 'edges-never-import-tests',
      severity: 'error',
      from: { path: '^(app|scripts|lib)/' },
      to: { path: '^tests/' },
    },
    {
      name: 'app-and-scripts-apart',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: '^scripts/' },
    },
    {
      name: 'scripts-and-app-apart',
      severity: 'error',
      from: { path: '^scripts/' },
      to: { path: '^app/' },
    },
    {
      name: 'only-db-imports-the-driver',
      severity: 'error',
      from: { path: '^(lib|app|scripts)/', pathNot: '^lib/(db|jobs)/' },
      to: { path: '^node_modules/(@prisma|pg|pg-copy-streams)/|^lib/db/generated' },
    },
    {
      name: 'plugin-never-imports-its-registry',
      severity: 'error',
      from: { path: '^lib/([a-z]+)/(?!all\\.ts|index\\.ts)[^/]+\\.ts$' },
      to: { path: '^lib/$1/(all|index)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|lib/db/generated)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
