import type { Principal, Role } from '../../common/access/principal.js';
import type { Translator } from '../i18n/translate.js';

const ENTRIES: { path: string; key: string; roles: Role[]; linkSession?: true }[] = [
  { path: '/mit', key: 'nav.mine', roles: ['agent'], linkSession: true },
  { path: '/vagtklar', key: 'nav.readiness', roles: ['secretariat', 'leader'] },
  { path: '/vagter', key: 'nav.shifts', roles: ['secretariat', 'leader'] },
  { path: '/agenter', key: 'nav.agents', roles: ['secretariat', 'leader'] },
  { path: '/e-laering', key: 'nav.courses', roles: ['secretariat'] },
  { path: '/guides', key: 'nav.guides', roles: ['secretariat', 'leader', 'agent'], linkSession: true },
  { path: '/onboardingdage', key: 'nav.onboardingDays', roles: ['secretariat', 'leader'] },
  { path: '/kvalitet', key: 'nav.quality', roles: ['secretariat', 'leader'] },
  { path: '/trivsel', key: 'nav.surveys', roles: ['secretariat', 'leader'] },
  { path: '/indsigter', key: 'nav.insights', roles: ['secretariat', 'leader'] },
  { path: '/rapporter', key: 'nav.reports', roles: ['secretariat', 'leader'] },
  { path: '/opgaver', key: 'nav.tasks', roles: ['secretariat'] },
  { path: '/indstillinger', key: 'nav.settings', roles: ['secretariat'] },
];

/** The main menu of a person: only what the person may open, the present place marked. */
export function navigationFor(principal: Principal, path: string, t: Translator) {
  return ENTRIES.filter((entry) => entry.roles.some((role) => principal.roles.includes(role)))
    .filter((entry) => principal.strength === 'full' || entry.linkSession)
    .map((entry) => ({ path: entry.path, label: t(entry.key), isCurrent: path.startsWith(entry.path) }));
}
