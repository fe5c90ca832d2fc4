import { z } from 'zod';

const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const port = z.coerce.number().int().min(0).max(65535);
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''));

const DEVELOPMENT_SECRET = 'development-only-secret-change-me-in-production';

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.+|(mysql|mariadb):\/\/.+)$/, 'must begin with sqlite:, mysql:// or mariadb://')
    .default('sqlite:./var/vagtklar.db'),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),
  CONTENT_DIR: z.string().min(1).default('./var/content'),
  PACKAGE_MAX_MB: z.coerce.number().int().min(1).max(2048).default(1024),
  PACKAGE_MAX_UNPACKED_MB: z.coerce.number().int().min(1).max(2048).default(2048),
  PACKAGE_MAX_FILES: z.coerce.number().int().min(1).max(65_535).default(20_000),
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_DIR: z.string().min(1).default('./var/mail'),
  MAIL_LEASE_SECONDS: z.coerce.number().int().min(3).max(3600).default(90),
  MAIL_FROM: z.email().default('vagtklar@vagtklar.test'),
  PUBLIC_URL: url.optional(),
  CONTENT_URL: url.optional(),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  CONTENT_PORT: port.default(3001),
  APP_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  TZ_NAME: z.string().refine(isTimeZone, 'is not a known time zone').default('Europe/Copenhagen'),
  DEMO_DATA: z.enum(['none', 'small', 'full']).default('none'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  TRUST_PROXY: z.string().default('false'),
  ANONYMOUS_REQUESTS_PER_MINUTE: z.coerce.number().int().min(1).default(300),
  BACKGROUND_WORK: flag.default(true),
  RETENTION_AGENT_MONTHS: z.coerce.number().int().min(1).max(120).default(24),
  RETENTION_MAIL_MONTHS: z.coerce.number().int().min(1).max(120).default(12),
  RETENTION_MESSAGE_MONTHS: z.coerce.number().int().min(3).max(120).default(12),
  RETENTION_FIGURE_MONTHS: z.coerce.number().int().min(3).max(60).default(24),
  RETENTION_CASE_MONTHS: z.coerce.number().int().min(1).max(60).default(12),
  RETENTION_AUDIT_MONTHS: z.coerce.number().int().min(6).max(240).default(60),
  ORGANISATION_NAME: z.string().min(1).max(60).default('Den Digitale Hotline'),
  SUPPORT_EMAIL: z.email().default('sekretariat@vagtklar.test'),
  SUPPORT_PHONE: z.string().max(30).default(''),
});

/** The whole configuration, typed and complete: every optional setting has got its default. */
export type Env = Omit<z.output<typeof schema>, 'PUBLIC_URL' | 'CONTENT_URL' | 'APP_SECRET'> & {
  PUBLIC_URL: string;
  CONTENT_URL: string;
  APP_SECRET: string;
  isProduction: boolean;
};

/** Injection token of the configuration object. */
export const ENV = Symbol('ENV');

/** All faults of the configuration at once, as one message for the person who starts the server. */
export class EnvError extends Error {
  constructor(readonly faults: string[]) {
    super(`The configuration has ${faults.length} fault(s):\n${faults.map((f) => `  - ${f}`).join('\n')}`);
    this.name = 'EnvError';
  }
}

/**
 * Reads and checks the environment variables (see `.env.example`).
 * @throws EnvError naming every fault, not only the first
 */
export function readEnv(source: NodeJS.ProcessEnv): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(given);
  const faults = parsed.success ? productionFaults(parsed.data) : parsed.error.issues.map(describe);
  if (!parsed.success || faults.length > 0) throw new EnvError(faults);

  const env = parsed.data;
  return {
    ...env,
    PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${env.PORT}`,
    CONTENT_URL: env.CONTENT_URL ?? `http://127.0.0.1:${env.CONTENT_PORT}`,
    APP_SECRET: env.APP_SECRET ?? DEVELOPMENT_SECRET,
    isProduction: env.NODE_ENV === 'production',
  };
}

function productionFaults(env: z.output<typeof schema>): string[] {
  if (env.NODE_ENV !== 'production') return [];
  const faults: string[] = [];
  if (!env.APP_SECRET) faults.push('APP_SECRET is required in production (at least 32 random characters)');
  if (env.APP_SECRET === DEVELOPMENT_SECRET)
    faults.push('APP_SECRET is the published development secret: make your own');
  if (!env.PUBLIC_URL) faults.push('PUBLIC_URL is required in production: links in mails are built from it');
  if (env.DEMO_DATA !== 'none') faults.push('DEMO_DATA must be none in production');
  // Cookies ignore ports, so only another host name keeps uploaded content away from the session (elearning, player).
  if (env.PUBLIC_URL && env.CONTENT_URL && hostOf(env.PUBLIC_URL) === hostOf(env.CONTENT_URL))
    faults.push('CONTENT_URL must have another host name than PUBLIC_URL');
  return faults;
}

function describe(issue: z.core.$ZodIssue): string {
  return `${issue.path.join('.')}: ${issue.message}`;
}

function hostOf(value: string): string {
  return new URL(value).hostname;
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('da', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
