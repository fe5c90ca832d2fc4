import type { Env } from '../../config/env.js';
import type { Principal } from '../../common/access/principal.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../i18n/request-language.js';
import { translator } from '../i18n/translate.js';
import { csrfToken } from '../security/csrf.js';
import { navigationFor } from './navigation.js';

/** Everything the layout needs beside the page's own model. */
export function shellOf(request: AppRequest, env: Env, csrfBinding: string) {
  const language = requestLanguage(request);
  const { principal } = request;
  const path = request.url.split('?')[0] ?? '/';
  return {
    language,
    zone: env.TZ_NAME,
    otherLanguage: language === 'da' ? 'en' : 'da',
    path,
    here: request.method === 'GET' ? withoutDone(request.url) : path,
    csrf: csrfToken(env.APP_SECRET, csrfBinding),
    organisation: env.ORGANISATION_NAME,
    supportEmail: env.SUPPORT_EMAIL,
    supportPhone: env.SUPPORT_PHONE,
    isDemo: env.DEMO_DATA !== 'none',
    capturesMail: !env.SMTP_URL,
    person: principal
      ? {
          name: principal.name,
          canSeeMore: canSeeMore(principal),
          isSecretariat: principal.roles.includes('secretariat'),
        }
      : null,
    navigation: principal ? navigationFor(principal, path, translator(language)) : [],
    done: doneMessage(request, language),
  };
}

/** Whether signing in would open more than the link of a mail did. */
function canSeeMore(principal: Principal): boolean {
  return principal.strength === 'link' && principal.roles.some((role) => role !== 'agent');
}

/** The address without the message that was shown once. */
function withoutDone(url: string): string {
  const [path, query = ''] = url.split('?');
  const left = new URLSearchParams(query);
  left.delete('done');
  return left.size > 0 ? `${path}?${left.toString()}` : path!;
}

/** The message about what was just done; the redirect carries only its code. */
function doneMessage(request: AppRequest, language: string): string | null {
  const { done } = request.query as { done?: unknown };
  if (typeof done !== 'string' || !/^[a-z_]{1,40}$/.test(done)) return null;
  const key = `done.${done}`;
  const message = translator(language)(key);
  return message === key ? null : message;
}
