import type { FastifyHelmetOptions } from '@fastify/helmet';
import type { Env } from '../config/env.js';

/** The headers of every answer; the policy is strict: nothing inline, nothing from elsewhere. */
export function securityHeaders(env: Env): FastifyHelmetOptions {
  const isHttps = env.PUBLIC_URL.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'"],
        'img-src': ["'self'"],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'frame-src': ["'self'"],
        // The button that opens the player answers with a redirect to the content host.
        'form-action': ["'self'", new URL(env.CONTENT_URL).origin],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...(isHttps && { 'upgrade-insecure-requests': [] }),
      },
    },
    strictTransportSecurity: isHttps && { maxAge: 31_536_000, includeSubDomains: true },
    // Tokens stand in some addresses, so no other site gets one; with `no-referrer` browsers would send forms with
    // `Origin: null`, which cannot be told from a foreign page.
    referrerPolicy: { policy: 'same-origin' },
  };
}
