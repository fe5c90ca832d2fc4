/** Which module may import which; docs/architecture.md draws the same arrows. */
const GROUND = ['audit', 'privacy', 'tasks', 'imports'];
const PEOPLE = ['identity', 'municipalities', 'notifications', ...GROUND];
const ARROWS = {
  audit: [],
  privacy: ['audit'],
  tasks: ['audit', 'privacy'],
  imports: ['audit', 'privacy'],
  notifications: ['audit', 'privacy', 'tasks'],
  municipalities: ['audit', 'privacy'],
  identity: ['municipalities', 'notifications', ...GROUND],
  agents: PEOPLE,
  packages: ['audit', 'privacy'],
  courses: ['agents', 'packages', ...PEOPLE],
  'onboarding-days': ['agents', ...PEOPLE],
  guides: ['agents', ...PEOPLE],
  shifts: ['agents', ...PEOPLE],
  readiness: ['agents', 'courses', 'guides', 'onboarding-days', 'shifts', ...PEOPLE],
  tracking: ['courses', ...PEOPLE],
  player: ['courses', 'packages', 'tracking', ...PEOPLE],
  onboarding: [
    'agents',
    'courses',
    'guides',
    'onboarding-days',
    'readiness',
    'shifts',
    'packages',
    'player',
    ...PEOPLE,
  ],
  quality: ['agents', 'onboarding', ...PEOPLE],
  wellbeing: ['agents', 'onboarding', ...PEOPLE],
  insights: ['municipalities', 'identity', 'audit', 'privacy', 'onboarding-days', 'quality', 'wellbeing'],
  reports: [
    'courses',
    'guides',
    'onboarding-days',
    'quality',
    'readiness',
    'shifts',
    'identity',
    'municipalities',
    'agents',
    'privacy',
  ],
};

const arrows = Object.entries(ARROWS).map(([module, allowed]) => ({
  name: `arrows-of-${module}`,
  comment: `${module} may import only: ${allowed.join(', ') || 'no module'}.`,
  severity: 'error',
  from: { path: `^src/modules/${module}/` },
  to: {
    path: '^src/modules/',
    pathNot: [module, ...allowed].map((name) => `^src/modules/${name}/`),
  },
}));

export default {
  forbidden: [
    ...arrows,
    {
      name: 'only-through-the-index',
      comment: 'Other modules are imported through their index.ts.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/([^/]+)/', pathNot: ['^src/modules/$1/', '/index\\.ts$'] },
    },
    {
      name: 'outside-only-through-the-index',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/modules/' },
      to: { path: '^src/modules/', pathNot: '/index\\.ts$' },
    },
    {
      name: 'ground-imports-no-module',
      comment: 'common, config, database and web stand below the modules.',
      severity: 'error',
      from: { path: '^src/(common|config|database|web)/' },
      to: { path: '^src/(modules|operations|demo|http|cli)/' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule takes plain data: no Nest, no TypeORM, no clock, no environment, no input or output.',
      severity: 'error',
      from: { path: '\\.rules\\.ts$' },
      to: {
        path: [
          'node_modules/(@nestjs|typeorm|fastify|nodemailer|mysql2|libsql)',
          '^src/(config|database|web|operations|http)/',
          '\\.(service|queries|controller|pages|module)\\.ts$',
          '^src/common/clock',
          '^(fs|http|net|child_process|timers)(/|$)',
        ],
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-test-code',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'default'] },
    exclude: { path: '\\.spec\\.ts$' },
  },
};
