import { IANAZone } from 'luxon';
import { addDays, isLocalDate, type LocalDate } from '../../../common/local-date.js';

/** What a clock on the wall shows: a day and minutes since its midnight (1440 is midnight at its end). */
export interface WallTime {
  date: LocalDate;
  minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 1440 * MINUTE_MS;
const MONTHS = [
  ['jan', 'januar', 'january'],
  ['feb', 'februar', 'february'],
  ['mar', 'marts', 'march'],
  ['apr', 'april'],
  ['maj', 'may'],
  ['jun', 'juni', 'june'],
  ['jul', 'juli', 'july'],
  ['aug', 'august'],
  ['sep', 'sept', 'september'],
  ['okt', 'oktober', 'oct', 'october'],
  ['nov', 'november'],
  ['dec', 'december'],
];
const WEEKDAY =
  /^(?:man|tir|tirs|ons|tor|tors|fre|lør|søn|mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:dag|day|nesday|sday|urday)?[.,]*\s+(?:d\.\s*|den\s+)?/;
/** Days that Excel counts from the end of 1899; these are 1954 to 2119. */
const [FIRST_SERIAL, LAST_SERIAL] = [20_000, 80_000];

/** The day of a cell: `21.11.2026`, `21/11-26`, `2026-11-21`, `20261121`, `21. november 2026`, an Excel number; undefined when it is none. */
export function parseDay(text: string): LocalDate | undefined {
  const plain = text.trim().toLowerCase().replace(WEEKDAY, '');
  const day = isoDay(plain) ?? dayFirst(plain) ?? namedMonth(plain) ?? serialDay(plain);
  return day !== undefined && isLocalDate(day) && day >= '2000-01-01' && day <= '2100-12-31'
    ? day
    : undefined;
}

/** Minutes since midnight of a cell: `8.00`, `08:00`, `0800`, `8`, `8 pm`, `kl. 8.30`, an Excel fraction; undefined when it is none. */
export function parseTime(text: string): number | undefined {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^(?:kl\.?|at)\s*/, '');
  return clockTime(plain) ?? digitsTime(plain) ?? fractionTime(plain) ?? timeOfStamp(plain);
}

/** The instant or the wall time of a cell that holds both a day and a time; undefined when it does not. */
export function parseDateTime(text: string): Date | WallTime | undefined {
  const plain = text.trim();
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})$/.test(plain)) {
    const instant = new Date(plain.replace(' ', 'T'));
    const year = instant.getUTCFullYear();
    return year >= 2000 && year <= 2100 ? instant : undefined;
  }
  return serialStamp(plain) ?? split(plain);
}

/**
 * The instant of a wall time in the zone. A time that the clock skips in spring moves on with it; of a time that comes twice in autumn
 * it is the first.
 */
export function instantOfWall({ date, minute }: WallTime, zone: string): Date {
  const wall = Date.parse(`${date}T00:00:00Z`) + minute * MINUTE_MS;
  const { before, after } = offsetsAround(wall, zone);
  const fitting = [...new Set([before, after])]
    .map((offset) => wall - offset * MINUTE_MS)
    .filter((at) => at + IANAZone.create(zone).offset(at) * MINUTE_MS === wall);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wall - before * MINUTE_MS);
}

/** The wall time of an end that is given as a time alone: of the next day when it is not after the start. */
export function endAfter(start: WallTime, endMinute: number): WallTime {
  return { date: endMinute <= start.minute ? addDays(start.date, 1) : start.date, minute: endMinute };
}

function offsetsAround(wall: number, zone: string): { before: number; after: number } {
  const rules = IANAZone.create(zone);
  return { before: rules.offset(wall - DAY_MS), after: rules.offset(wall + DAY_MS) };
}

function isoDay(text: string): LocalDate | undefined {
  const match =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ]00:00(?::00(?:\.0+)?)?z?)?$/.exec(text) ??
    /^((?:19|20)\d{2})(\d{2})(\d{2})$/.exec(text);
  return match ? dayOf(match[1]!, match[2]!, match[3]!) : undefined;
}

function dayFirst(text: string): LocalDate | undefined {
  const match = /^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?:[t ]00[:.]00(?:[:.]00)?)?$/.exec(
    text,
  );
  return match ? dayOf(match[3]!, match[2]!, match[1]!) : undefined;
}

function namedMonth(text: string): LocalDate | undefined {
  const danish = /^(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([a-z]+)\.?,?[\s-]+(\d{4}|\d{2})$/.exec(text);
  const english = /^([a-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})$/.exec(text);
  const [day, name, year] = danish
    ? [danish[1]!, danish[2]!, danish[3]!]
    : [english?.[2] ?? '', english?.[1] ?? '', english?.[3] ?? ''];
  const month = MONTHS.findIndex((names) => names.includes(name)) + 1;
  return month > 0 ? dayOf(year, String(month), day) : undefined;
}

function serialDay(text: string): LocalDate | undefined {
  const serial = numberOf(text);
  return serial !== undefined && isSerial(serial) ? dayOfSerial(Math.floor(serial)) : undefined;
}

function serialStamp(text: string): WallTime | undefined {
  const serial = numberOf(text);
  if (serial === undefined || !isSerial(serial)) return undefined;
  const minutes = Math.round(serial * 1440);
  return { date: dayOfSerial(Math.floor(minutes / 1440)), minute: minutes % 1440 };
}

function clockTime(text: string): number | undefined {
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*([ap])\.?m\.?$/.exec(text);
  if (match) {
    const hour = Number(match[1]);
    if (hour < 1 || hour > 12) return undefined;
    return minutes((hour % 12) + (match[3] === 'p' ? 12 : 0), Number(match[2] ?? 0));
  }
  const plain = /^(\d{1,2})[:.](\d{2})(?:[:.]\d{2}(?:\.\d+)?)?$/.exec(text);
  return plain ? minutes(Number(plain[1]), Number(plain[2])) : undefined;
}

function digitsTime(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return minutes(Number(text), 0);
  return /^\d{3,4}$/.test(text) ? minutes(Math.floor(Number(text) / 100), Number(text) % 100) : undefined;
}

/** A part of a day, as Excel keeps times. */
function fractionTime(text: string): number | undefined {
  const part = numberOf(text);
  return part !== undefined && part < 1 && /[.,]/.test(text) ? Math.round(part * 1440) : undefined;
}

function timeOfStamp(text: string): number | undefined {
  const match = /^\d{4}-\d{2}-\d{2}[t ](\d{2}):(\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(text);
  return match ? minutes(Number(match[1]), Number(match[2])) : undefined;
}

function split(text: string): WallTime | undefined {
  // The time is what stands last; in `2026-11-21 8 pm` that is two words.
  for (const mark of text.matchAll(/(?:,?\s+kl\.?\s*|,?\s+at\s+|,?\s+|T)(?=\d)/g)) {
    const date = parseDay(text.slice(0, mark.index));
    const minute = parseTime(text.slice(mark.index + mark[0].length));
    if (date !== undefined && minute !== undefined) return { date, minute };
  }
  return undefined;
}

function dayOf(year: string, month: string, day: string): LocalDate {
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function dayOfSerial(serial: number): LocalDate {
  return addDays('1899-12-30', serial);
}

function isSerial(value: number): boolean {
  return value >= FIRST_SERIAL && value <= LAST_SERIAL;
}

function numberOf(text: string): number | undefined {
  return /^\d+(?:[.,]\d+)?$/.test(text) ? Number(text.replace(',', '.')) : undefined;
}

function minutes(hour: number, minute: number): number | undefined {
  const all = hour * 60 + minute;
  return minute < 60 && all <= 1440 ? all : undefined;
}
