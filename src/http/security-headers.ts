import type { Env } from '../config/env.js';

/** The strict policy of our own pages: nothing inline, nothing from elsewhere. */
export function contentSecurityPolicy(env: Env) {
  return {
    useDefaults: false,
    directives: {
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'"],
      'font-src': ["'self'"],
      'frame-src': ["'self'"],
      'form-action': ["'self'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
      ...(env.PUBLIC_URL.startsWith('https:') && { 'upgrade-insecure-requests': [] }),
    },
  };
}
