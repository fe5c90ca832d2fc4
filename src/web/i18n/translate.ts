import { readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';

/** The languages of pages and mails, the first one is the default. */
export const LANGUAGES = ['da', 'en'] as const;

/** A language of pages and mails. */
export type Language = (typeof LANGUAGES)[number];

/** Values for the arguments of a message. */
export type MessageArgs = Record<string, string | number>;

/** Gives the sentence of a key in one language. */
export type Translator = (key: string, args?: MessageArgs) => string;

const catalogues = new Map(LANGUAGES.map((language) => [language, readCatalogue(language)]));
/** Nothing in it means anything to the message format. */
const PLAIN = /^[^{}'#]*$/;
const formats = new Map<string, IntlMessageFormat>();

/** The translator of a language. A key that is missing comes back as itself; a test keeps that from happening. */
export function translator(language: string): Translator {
  const known = toLanguage(language);
  return (key, args) => {
    const message = catalogues.get(known)![key];
    if (message === undefined) return key;
    // Most messages are plain words; a page asks for hundreds of them.
    return PLAIN.test(message) ? message : String(formatOf(known, key, message).format(args));
  };
}

/** Tells whether the catalogues have the key. */
export function hasMessage(key: string): boolean {
  return key in catalogues.get('da')!;
}

/** The language itself when it is one of ours, else Danish. */
export function toLanguage(language: string | undefined): Language {
  return LANGUAGES.find((known) => known === language) ?? 'da';
}

function formatOf(language: Language, key: string, message: string): IntlMessageFormat {
  const cacheKey = `${language} ${key}`;
  const cached = formats.get(cacheKey);
  if (cached) return cached;
  const format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
  formats.set(cacheKey, format);
  return format;
}

function readCatalogue(language: Language): Record<string, string> {
  return JSON.parse(readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8')) as Record<
    string,
    string
  >;
}
