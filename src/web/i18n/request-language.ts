import type { FastifyRequest } from 'fastify';
import type { AppRequest } from '../../common/http/app-request.js';
import { LANGUAGES, toLanguage, type Language } from './translate.js';

/** Cookie that remembers the chosen language of someone who is not signed in. */
export const LANGUAGE_COOKIE = 'vk_lang';

/**
 * The reader's language: the own choice first, then that of the mail or the person, then Danish. A program says with `Accept-Language` what
 * it wants; browsers say so unasked, mostly English, and so are not listened to: pages are Danish first.
 */
export function requestLanguage(request: AppRequest | FastifyRequest): Language {
  const { principal, mailLanguage, cookiePrefix = '' } = request as AppRequest;
  const chosen = request.cookies?.[cookiePrefix + LANGUAGE_COOKIE];
  const wanted = request.url.startsWith('/api/')
    ? acceptedLanguage(request.headers['accept-language'])
    : undefined;
  return toLanguage(chosen ?? wanted ?? mailLanguage ?? principal?.language);
}

function acceptedLanguage(header: string | undefined): string | undefined {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((language) => (LANGUAGES as readonly string[]).includes(language));
}
