import { isoDate } from '../../imports/index.js';
import { isMonth, lastDayOf, type Month } from '../month.rules.js';

const MONTH_WORDS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];
const ENGLISH: Record<string, string> = { may: 'maj', oct: 'okt' };
const FULL_WORDS =
  /^(januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january|february|march|may|june|july|october|[a-zæøå]{3}|sept)\.?$/;

/**
 * A month as people and spreadsheets write it: `2026-08`, `202608`, `08-2026`, `august 2026`, `aug. 2026`, `aug-26`, or a day that is the
 * first or the last of it. Another day is refused: it says that the column means something else, or counts days before months.
 * @returns undefined when the text is none of these
 */
export function parseMonth(text: string): Month | undefined {
  const bare = text.trim().toLowerCase();
  return monthOfNumbers(bare) ?? monthOfWords(bare) ?? monthOfDay(bare);
}

function monthOfNumbers(text: string): Month | undefined {
  const yearFirst = /^(\d{4})[-./ ]?(\d{1,2})$/.exec(text);
  const monthFirst = /^(\d{1,2})[-./ ](\d{4})$/.exec(text);
  if (yearFirst) return asMonth(yearFirst[1]!, yearFirst[2]!);
  return monthFirst ? asMonth(monthFirst[2]!, monthFirst[1]!) : undefined;
}

function monthOfWords(text: string): Month | undefined {
  const parts = /^([a-zæøå]+)\.?[-./ ]+(\d{4}|\d{2})$/.exec(text);
  if (!parts || !FULL_WORDS.test(parts[1]!)) return undefined;
  const word = parts[1]!.slice(0, 3);
  const number = MONTH_WORDS.indexOf(ENGLISH[word] ?? word) + 1;
  const year = parts[2]!.length === 2 ? `20${parts[2]!}` : parts[2]!;
  return number > 0 ? asMonth(year, String(number)) : undefined;
}

function monthOfDay(text: string): Month | undefined {
  const day = isoDate(text.replaceAll('/', '-').toUpperCase());
  const month = day.slice(0, 7);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || !isMonth(month)) return undefined;
  return day.endsWith('-01') || day === lastDayOf(month) ? month : undefined;
}

function asMonth(year: string, month: string): Month | undefined {
  const text = `${year}-${month.padStart(2, '0')}`;
  return isMonth(text) && year >= '2000' && year < '2100' ? text : undefined;
}

/** A number with what was said of its unit. */
export interface ReadShare {
  value: number;
  isPercent: boolean;
}

/** A decimal number: `1.234,5`, `1,234.5`, `12,5`, `12.5`. Three digits after a lone mark are decimals here. */
export function parseDecimal(text: string): number | undefined {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '');
  if (!/^-?\d[\d.,]*$/.test(bare)) return undefined;
  const mark = Math.max(bare.lastIndexOf(','), bare.lastIndexOf('.'));
  if (mark < 0) return Number(bare);
  const [whole, decimals] = [bare.slice(0, mark), bare.slice(mark + 1)];
  const groups = whole.split(/[.,]/);
  const areGroups = groups.length === 1 || groups.slice(1).every((group) => group.length === 3);
  if (!areGroups || decimals === '') return undefined;
  return Number(`${groups.join('')}.${decimals}`);
}

/**
 * A number of calls: whole, `1.234` and `1,234` are a thousand and more (calls have no decimals), `12,0` is twelve.
 * @returns undefined when the text is no whole number
 */
export function parseCount(text: string): number | undefined {
  const bare = text.replace(/[\s\u00a0\u202f']/g, '');
  if (/^-?\d{1,3}([.,]\d{3})+$/.test(bare)) return Number(bare.replace(/[.,]/g, ''));
  const value = parseDecimal(bare);
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

/** A share as it is written: `45,6 %`, `45.6`, `0,456`. What one without a mark means, only the whole column tells. */
export function parseShare(text: string): ReadShare | undefined {
  const isPercent = /%|pct\.?|procent/i.test(text);
  const value = parseDecimal(text.replace(/\s*(%|pct\.?|procent)\s*/i, ''));
  return value === undefined ? undefined : { value, isPercent };
}

/**
 * What shares without a mark are parts of: `one` when none is above 1, as a spreadsheet keeps `45 %` as 0.45, else `hundred`.
 */
export function unitOfShares(texts: readonly string[]): 'one' | 'hundred' {
  const bare = texts.flatMap((text) => parseShare(text) ?? []).filter(({ isPercent }) => !isPercent);
  return bare.some(({ value }) => value > 1) ? 'hundred' : 'one';
}

/**
 * A length of time in whole seconds: `hh:mm:ss`, `mm:ss`, seconds, or a cell of a spreadsheet that holds a time (a time of day on a day
 * around 1900, or a part of a day: no call is handled in less than a second).
 */
export function parseDuration(text: string): number | undefined {
  const bare = text.trim().toLowerCase();
  const stamp = /^(?:1899|1900)-\d{2}-\d{2}t(\d{2}:\d{2}:\d{2})/.exec(bare)?.[1];
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):(\d{2})(?:[.,]\d+)?$/.exec(stamp ?? bare);
  if (clock) {
    const [hours, minutes, seconds] = [clock[1] ?? '0', clock[2]!, clock[3]!].map(Number) as [
      number,
      number,
      number,
    ];
    if (seconds > 59 || (clock[1] !== undefined && minutes > 59)) return undefined;
    return hours * 3_600 + minutes * 60 + seconds;
  }
  const value = parseDecimal(bare.replace(/\s*(sekunder|seconds|sek\.?|sec\.?|s)$/, ''));
  if (value === undefined || value < 0) return undefined;
  return Math.round(value > 0 && value < 1 ? value * 86_400 : value);
}
