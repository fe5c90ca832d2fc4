/** What a program may be allowed to do; each route that programs may call names one. */
export const API_SCOPES = [
  'agents:read',
  'agents:write',
  'courses:read',
  'enrolments:read',
  'enrolments:write',
  'figures:read',
  'insights:read',
  'figures:write',
  'municipalities:read',
  'onboarding-days:read',
  'quality:read',
  'readiness:read',
  'reports:read',
  'shifts:read',
  'shifts:write',
] as const;

/** What a program may be allowed to do. */
export type ApiScope = (typeof API_SCOPES)[number];
