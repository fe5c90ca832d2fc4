import type { FastifyRequest } from 'fastify';
import type { AppRequest } from '../../common/http/app-request.js';
import { LANGUAGES, toLanguage, type Language } from './translate.js';

/** Cookie that remembers the chosen language of someone who is not signed in. */
export const LANGUAGE_COOKIE = 'vk_lang';

/** The reader's language: the own choice first, then the person's, then the browser's, then Danish. */
export function requestLanguage(request: AppRequest | FastifyRequest): Language {
  const { principal } = request as AppRequest;
  const chosen = request.cookies?.[LANGUAGE_COOKIE];
  return toLanguage(chosen ?? principal?.language ?? acceptedLanguage(request.headers['accept-language']));
}

function acceptedLanguage(header: string | undefined): string | undefined {
  const wanted = (header ?? '').split(',').map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find((language) => (LANGUAGES as readonly string[]).includes(language));
}
