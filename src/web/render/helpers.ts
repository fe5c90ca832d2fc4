import type Handlebars from 'handlebars';
import type { HelperOptions } from 'handlebars';
import {
  formatClock,
  formatDate,
  formatInstant,
  formatLongDate,
  formatMonth,
  formatNumber,
  formatPhone,
  formatShare,
  formatWeekday,
} from '../format.js';
import { translator, type MessageArgs } from '../i18n/translate.js';

interface Root {
  page: { language: string; zone: string };
}

const languageOf = (options: HelperOptions): string => (options.data.root as Root).page.language;

const zoneOf = (options: HelperOptions): string => (options.data.root as Root).page.zone;

/** The helpers that every template of ours may use. */
export function registerHelpers(engine: typeof Handlebars): void {
  engine.registerHelper({
    t: (key: string, options: HelperOptions) =>
      translator(languageOf(options))(key, options.hash as MessageArgs),
    date: (value: string | null) => (value ? formatDate(value) : ''),
    longDate: (value: string | null, options: HelperOptions) =>
      value ? formatLongDate(value, languageOf(options)) : '',
    weekday: (value: string, options: HelperOptions) => formatWeekday(value, languageOf(options)),
    monthName: (value: string, options: HelperOptions) => formatMonth(value, languageOf(options)),
    instant: (value: Date | string | null, options: HelperOptions) =>
      value ? formatInstant(new Date(value), languageOf(options), zoneOf(options)) : '',
    clock: (value: Date | string, options: HelperOptions) =>
      formatClock(new Date(value), languageOf(options), zoneOf(options)),
    number: (value: number, options: HelperOptions) => formatNumber(value, languageOf(options)),
    share: (part: number, whole: number, options: HelperOptions) =>
      formatShare(part, whole, languageOf(options)),
    phone: (value: string | null) => (value ? formatPhone(value) : ''),
    or: (left: unknown, right: unknown) => left || right,
    eq: (left: unknown, right: unknown) => left === right,
    gt: (left: number, right: number) => left > right,
    plus: (left: number, right: number) => left + right,
    choose: (condition: unknown, yes: string, no: string) => (condition ? yes : no),
    concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
    lookupIn: (record: Record<string, unknown> | undefined, key: string) => record?.[key],
  });
}
