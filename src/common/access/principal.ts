import type { ApiScope } from './api-scope.js';

/** What a person may be; one person can hold several. */
export type Role = 'secretariat' | 'leader' | 'agent';

/** All roles, for schemas and tests. */
export const ROLES = ['secretariat', 'leader', 'agent'] as const satisfies readonly Role[];

/**
 * How the session began: `full` by password or a fresh sign-in link, `link` by the personal link of a mail, which
 * opens onboarding, learning and reading only.
 */
export type SessionStrength = 'full' | 'link';

/** The person behind a request, or the one on whose behalf a program calls. */
export interface Principal {
  personId: number;
  sessionId: number;
  name: string;
  language: string;
  roles: Role[];
  strength: SessionStrength;
  /** A cookie is sent by the browser unasked, so requests that come with one need a CSRF token. */
  via: 'cookie' | 'bearer' | 'token';
  /** Set when a program calls with a token of its own; it holds no role, only scopes. */
  token?: { id: number; scopes: ApiScope[] };
  /** The person's own agent record, if any. */
  agentId: number | null;
  /** Municipalities the person leads. */
  municipalityCodes: string[];
}
