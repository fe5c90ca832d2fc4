import type { Env } from '../../config/env.js';
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
    here: request.method === 'GET' ? request.url : path,
    csrf: csrfToken(env.APP_SECRET, csrfBinding),
    organisation: env.ORGANISATION_NAME,
    supportEmail: env.SUPPORT_EMAIL,
    supportPhone: env.SUPPORT_PHONE,
    isDemo: env.DEMO_DATA !== 'none',
    capturesMail: !env.SMTP_URL,
    person: principal ? { name: principal.name, canSignInFully: principal.strength === 'link' } : null,
    navigation: principal ? navigationFor(principal, path, translator(language)) : [],
    done: doneMessage(request, language),
  };
}

/** The message about what was just done; the redirect carries only its code. */
function doneMessage(request: AppRequest, language: string): string | null {
  const { done } = request.query as { done?: unknown };
  if (typeof done !== 'string' || !/^[a-z_]{1,40}$/.test(done)) return null;
  const key = `done.${done}`;
  const message = translator(language)(key);
  return message === key ? null : message;
}
