import { addDays } from '../../../../common/local-date.js';

/** The formats of Excel's own that show a day or a time (ECMA-376, 18.8.30). */
const BUILT_IN = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** No format that Excel writes is longer; the patterns below take long for a text without end. */
const LONGEST_FORMAT = 255;

/** Whether a number format shows a day or a time. */
export function isDateFormat(id: number, code: string | undefined): boolean {
  if (code === undefined) return BUILT_IN.has(id);
  const bare = code.slice(0, LONGEST_FORMAT).replace(/"[^"]*"|\\.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '');
  return /[dmyhs]/i.test(bare) && !/^general$/i.test(bare);
}

/** A number as a text that says the same without its format: a day, a time, both, or the number. */
export function cellText(raw: string, isDate: boolean): string {
  const value = Number(raw);
  if (!Number.isFinite(value) || raw.trim() === '') return raw;
  // A part of a day is a time, whether or not somebody has given the cell a format.
  if (!isDate && !(value > 0 && value < 1)) return raw;
  const minutes = Math.round(value * 1440);
  const [day, time] = [Math.floor(minutes / 1440), clock(minutes % 1440)];
  if (day === 0) return time;
  const date = addDays('1899-12-30', day);
  return minutes % 1440 === 0 ? date : `${date} ${time}`;
}

/** The position of a cell `C7`, counted from 0; undefined for anything else. */
export function positionOf(reference: string): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference)?.[1];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
