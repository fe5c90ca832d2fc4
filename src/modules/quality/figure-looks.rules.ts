import type { Principal } from '../../common/access/principal.js';

/** On what somebody saw figures of a single agent. */
export const FIGURE_PLACES = [
  'overview',
  'agent',
  'preview',
  'case',
  'import',
  'figures',
  'report',
  'talk',
  'export',
] as const;

/** On what somebody saw figures of a single agent. */
export type FigurePlace = (typeof FIGURE_PLACES)[number];

/** As what somebody looked at figures: the agent is told the role, not the name. */
export const LOOKER_ROLES = ['secretariat', 'leader', 'coach', 'program'] as const;

/** As what somebody looked at figures. */
export type LookerRole = (typeof LOOKER_ROLES)[number];

/** As what the caller looks: whoever is neither a program, the secretariat nor a leader looks as the coach of a talk. */
export function lookerRole({ token, roles }: Pick<Principal, 'token' | 'roles'>): LookerRole {
  if (token) return 'program';
  if (roles.includes('secretariat')) return 'secretariat';
  return roles.includes('leader') ? 'leader' : 'coach';
}
