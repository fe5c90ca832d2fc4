import { DateTime } from 'luxon';
import { DEFAULT_ZONE, type LocalDate } from '../common/local-date.js';
import { remembered } from './remembered.js';

const NO_BREAK = '\u00a0';

/** `21.11.2026` */
export const formatDate = remembered((date: LocalDate) =>
  DateTime.fromISO(date, { zone: 'utc' }).toFormat('dd.MM.yyyy'),
);

/** `21. november 2026` or `21 November 2026` */
export const formatLongDate = remembered((date: LocalDate, language: string) => {
  const day = DateTime.fromISO(date, { zone: 'utc' }).setLocale(language);
  return day.toFormat(language === 'da' ? 'd. MMMM yyyy' : 'd MMMM yyyy');
});

/** `Lørdag` or `Saturday` */
export const formatWeekday = remembered((date: LocalDate, language: string) => {
  const name = DateTime.fromISO(date, { zone: 'utc' }).setLocale(language).toFormat('cccc');
  return name.charAt(0).toUpperCase() + name.slice(1);
});

/** `november 2026`, of a month as `2026-11` */
export const formatMonth = remembered((month: string, language: string) =>
  DateTime.fromISO(`${month}-01`, { zone: 'utc' }).setLocale(language).toFormat('MMMM yyyy'),
);

/** `nov. 26` or `Nov 26`, of a month as `2026-11`, where there is little room */
export const formatShortMonth = remembered((month: string, language: string) =>
  DateTime.fromISO(`${month}-01`, { zone: 'utc' }).setLocale(language).toFormat('LLL yy'),
);

/** `21. november 2026 kl. 13.05` or `21 November 2026 at 13:05`, in the zone */
export function formatInstant(instant: Date, language: string, zone = DEFAULT_ZONE): string {
  return formatTime(instant.getTime(), language, zone);
}

const formatTime = remembered((instant: number, language: string, zone: string) => {
  const time = DateTime.fromMillis(instant, { zone }).setLocale(language);
  return time.toFormat(language === 'da' ? "d. MMMM yyyy 'kl.' HH.mm" : "d MMMM yyyy 'at' HH:mm");
});

/** `13.05` or `13:05`, in the zone */
export function formatClock(instant: Date, language: string, zone = DEFAULT_ZONE): string {
  return formatHours(instant.getTime(), language, zone);
}

const formatHours = remembered((instant: number, language: string, zone: string) =>
  DateTime.fromMillis(instant, { zone }).toFormat(language === 'da' ? 'HH.mm' : 'HH:mm'),
);

/** `1.234,5` in Danish, `1,234.5` in English; at most one decimal */
export function formatNumber(value: number, language: string): string {
  return (language === 'da' ? DANISH : ENGLISH).format(value);
}

const DANISH = new Intl.NumberFormat('da-DK', { maximumFractionDigits: 1 });
const ENGLISH = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** `71,4 %` with a no-break space, `71.4%` in English; `part` of `whole`, a dash when the whole is nothing */
export function formatShare(part: number, whole: number, language: string): string {
  return whole === 0
    ? '–'
    : `${formatNumber((100 * part) / whole, language)}${language === 'en' ? '' : NO_BREAK}%`;
}

/** `12 34 56 78` for a Danish number, E.164 for others */
export function formatPhone(e164: string): string {
  const danish = /^\+45(\d{2})(\d{2})(\d{2})(\d{2})$/.exec(e164);
  return danish ? danish.slice(1).join(NO_BREAK) : e164;
}

/** The text of a mail with something to read in the place of each secret link, of which only a mark is kept. */
export function withoutLinks(text: string, instead: string): string {
  return text.replaceAll(/%%\w+%%/g, instead);
}
