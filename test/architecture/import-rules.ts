import {
  cruise,
  type ICruiseResult,
  type IFlattenedRuleSet,
  type IForbiddenRuleType,
} from 'dependency-cruiser';

/** Lower nouns first; a noun may import what stands before it, never what stands after. */
export const nounOrder = [
  'audit',
  'organisers',
  'sign-ins',
  'documents',
  'suppressions',
  'events',
  'ticket-types',
  'speakers',
  'sessions',
  'calendar-invites',
  'registrations',
  'waitlist',
  'orders',
  'event-updates',
  'reminders',
  'campaigns',
  'calendar-feeds',
  'inbound-mail',
  'live-log',
  'participants',
  'live-rooms',
  'streams',
  'captions',
  'replays',
  'chat',
  'questions',
  'polls',
  'announcements',
  'attendance',
  'feedback',
  'live',
  'catalogue',
  'mailbox',
  'demo',
];
const processes = '^server/(app|deps|web|worker|start|operator|mail-doctor)\\.ts$';
const nouns = `^server/(${nounOrder.join('|')})/`;

interface Pattern {
  readonly path?: string;
  readonly pathNot?: string;
  readonly dependencyTypesNot?: 'type-only'[];
  readonly circular?: boolean;
  /** Imports of types vanish when the code runs: a cycle that needs one is none. */
  readonly viaOnly?: { readonly dependencyTypesNot: 'type-only'[] };
}
const forbid = (name: string, from: Pattern, to: Pattern): IForbiddenRuleType => ({
  name,
  severity: 'error',
  from,
  to,
});

export const importRules: IFlattenedRuleSet = {
  forbidden: [
    forbid(
      'contracts import zod only',
      { path: '^server/contracts/' },
      { pathNot: '^server/contracts/|^node_modules/zod/' },
    ),
    forbid('platform never imports a noun', { path: '^server/platform/' }, { path: nouns }),
    forbid(
      'platform knows the processes by type only',
      { path: '^server/platform/' },
      { path: processes, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'nouns are composed by the processes',
      { path: '^server/', pathNot: `${nouns}|${processes}|^server/migrations/` },
      { path: nouns },
    ),
    forbid(
      'media knows platform and contracts only',
      { path: '^server/media\\.ts$' },
      { path: '^(server|client|emails)/', pathNot: '^server/(platform|contracts)/|^server/config\\.ts$' },
    ),
    forbid(
      'client imports client and contracts only',
      { path: '^client/' },
      { path: '^(server|emails|test|bench)/', pathNot: '^server/contracts/' },
    ),
    forbid(
      'what reaches the browser takes contracts as types',
      { path: '^client/(islands|enhancements|player|browser)' },
      { path: '^server/contracts/', dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'a page never imports the browser part of an island',
      { path: '^client/pages/' },
      { path: '\\.browser\\.ts$' },
    ),
    forbid(
      'pages are shown by routes',
      { path: '^server/', pathNot: '\\.routes\\.tsx$|^server/platform/http/' },
      { path: '^client/pages/' },
    ),
    forbid(
      'mails are rendered by jobs',
      { path: '^server/', pathNot: '\\.jobs\\.tsx?$|^server/deps\\.ts$' },
      { path: '^emails/' },
    ),
    forbid(
      'emails import emails and contracts only',
      { path: '^emails/' },
      { path: '^(server|client)/', pathNot: '^server/contracts/' },
    ),
    forbid(
      'a model is private to its folder',
      { path: '^server/([^/]+)/' },
      { path: '\\.model\\.ts$', pathNot: '^server/$1/' },
    ),
    forbid('a model is not for the processes', { path: processes }, { path: '\\.model\\.ts$' }),
    forbid(
      'rules are pure',
      { path: '\\.rules\\.ts$' },
      {
        path: '^node_modules/(mongoose|express|socket\\.io|nodemailer)/|\\.(model|queries|routes|api|jobs|sockets)\\.tsx?$',
      },
    ),
    forbid('no cycles', {}, { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } }),
    ...nounOrder.map((noun, index) =>
      forbid(
        `${noun} imports only nouns below it`,
        { path: `^server/${noun}/` },
        { path: `^server/(${nounOrder.slice(index + 1).join('|') || '-'})/` },
      ),
    ),
  ],
};

/** Cruises folders of a tree by the rules; complaints are `rule: from -> to`. */
export async function cruiseImports(
  baseDir: string,
  folders: string[],
): Promise<{ modules: number; complaints: string[] }> {
  const { output } = await cruise(
    folders,
    {
      baseDir,
      ruleSet: importRules,
      validate: true,
      tsPreCompilationDeps: true,
      doNotFollow: { path: 'node_modules' },
    },
    {
      extensions: ['.ts', '.tsx', '.js'],
      conditionNames: ['import', 'node', 'default'],
      exportsFields: ['exports'],
    },
  );
  const result = output as ICruiseResult;
  return {
    modules: result.modules.filter(({ source }) => /^(server|client|emails)\//.test(source)).length,
    complaints: result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
  };
}
