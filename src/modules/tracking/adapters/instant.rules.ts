import { isLocalDate } from '../../../common/local-date.js';

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(Z|[+-]\d{2}(?::?\d{2})?)?$/i;
/** Earlier than any message, and later than any: the earliest completion stays, so one out of all reason could never be corrected. */
const FIRST = Date.parse('2000-01-02T00:00:00Z');
const LAST = Date.parse('2100-01-01T00:00:00Z');

/**
 * The instant a host wrote (ISO 8601, with an offset, `Z`, or nothing, which is UTC); null for a day that does not exist
 * and for anything before 2000 or after 2099.
 */
export function instantOf(value: unknown): Date | null {
  const [, day, time, zone] = (typeof value === 'string' && INSTANT.exec(value.trim())) || [];
  if (day === undefined || time === undefined || !isLocalDate(day)) return null;
  const instant = new Date(`${day}T${time.replace(',', '.')}${offset(zone)}`);
  return instant.getTime() >= FIRST && instant.getTime() < LAST ? instant : null;
}

/** `+01`, `+0100` and `+01:00` are the same; JavaScript reads the last one only. */
function offset(zone: string | undefined): string {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 'Z';
  const digits = zone.replace(':', '').padEnd(5, '0');
  return `${digits.slice(0, 3)}:${digits.slice(3)}`;
}
