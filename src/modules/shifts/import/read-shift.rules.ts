import type { FieldFault } from '../../../common/domain-error.js';
import { emailKey } from '../../../common/email.js';
import { DateTime } from 'luxon';
import { shiftFault, type ShiftSpan } from '../shifts.rules.js';
import { AGENT_COLUMNS, type ShiftColumn, type ShiftMapping } from './shift-columns.rules.js';
import {
  endAfter,
  instantOfWall,
  parseDateTime,
  parseDay,
  parseTime,
  type WallTime,
} from './shift-times.rules.js';

/** How a row names its agent. */
export interface AgentName {
  by: 'id' | 'email' | 'phoneSystemId';
  /** In the form in which it is compared. */
  key: string;
}

/** What a row says. */
export interface ReadShift {
  /** As it is written. */
  agentText: string;
  agent: AgentName | undefined;
  /** Undefined when the times are faulty. */
  span: ShiftSpan | undefined;
  faults: FieldFault[];
}

const MOST_REMEMBERED = 20_000;
/** Whatever is longer is neither an agent nor a time. */
const LONGEST = 200;

/** Understands the rows of a plan; the same times come again and again, and are understood once. */
export class ShiftReader {
  private readonly spans = new Map<string, ShiftSpan | FieldFault>();

  constructor(
    private readonly mapping: ShiftMapping,
    private readonly zone: string,
  ) {}

  read(cells: readonly string[]): ReadShift {
    const of = (column: ShiftColumn) => (cells[this.mapping[column] ?? -1] ?? '').trim().slice(0, LONGEST);
    const column = AGENT_COLUMNS.find((name) => of(name) !== '');
    const faults: FieldFault[] = [];
    const agentText = column ? of(column) : '';
    if (!column) faults.push({ field: 'agent', code: 'required' });
    const span = this.spanOf([of('date'), of('start'), of('end'), of('endDate')]);
    if ('field' in span) faults.push(span);
    return {
      agentText,
      agent: column && agentNamed(column, agentText),
      span: 'field' in span ? undefined : span,
      faults,
    };
  }

  private spanOf(texts: [string, string, string, string]): ShiftSpan | FieldFault {
    const key = texts.join('\n');
    const known = this.spans.get(key);
    if (known) return known;
    const span = spanOfTexts(texts, this.zone);
    if (this.spans.size >= MOST_REMEMBERED) this.spans.clear();
    this.spans.set(key, span);
    return span;
  }
}

/** The person a cell names: an address where there is an `@`, else a key. */
export function agentNamed(column: (typeof AGENT_COLUMNS)[number], text: string): AgentName {
  const bare = text.replace(/^mailto:/i, '').trim();
  if (column === 'agentId') return { by: 'id', key: bare };
  const isAddress = column === 'email' || (column === 'agent' && bare.includes('@'));
  return isAddress ? { by: 'email', key: emailKey(bare) } : { by: 'phoneSystemId', key: bare };
}

/** The times of a row, or what is wrong with them. */
export function spanOfTexts(
  [date, start, end, endDate]: readonly [string, string, string, string],
  zone: string,
): ShiftSpan | FieldFault {
  if (start === '') return { field: 'start', code: 'required' };
  if (end === '') return { field: 'end', code: 'required' };
  const from = momentOf(start, date);
  if (isFault(from)) return { field: from.code === 'invalid_time' ? 'start' : 'date', code: from.code };
  const to = endOf(end, endDate, from, zone);
  if (isFault(to)) return { field: to.code === 'invalid_time' ? 'end' : 'endDate', code: to.code };
  const span = { startsAt: instantOf(from, zone), endsAt: instantOf(to, zone) };
  const code = shiftFault(span);
  return code ? { field: 'end', code } : span;
}

type Moment = Date | WallTime;
type Fault = { code: 'invalid_date' | 'invalid_time' | 'required' };

function momentOf(time: string, date: string): Moment | Fault {
  const both = parseDateTime(time);
  if (both && date === '') return both;
  if (date === '') return { code: parseTime(time) === undefined ? 'invalid_time' : 'required' };
  const day = parseDay(date) ?? dayOfStamp(date);
  if (day === undefined) return { code: 'invalid_date' };
  const minute = parseTime(time) ?? minuteOf(both);
  return minute === undefined ? { code: 'invalid_time' } : { date: day, minute };
}

function endOf(end: string, endDate: string, from: Moment, zone: string): Moment | Fault {
  if (endDate !== '') return momentOf(end, endDate);
  // A cell of Excel that holds a time alone may come with a day long ago.
  const minute = parseTime(/^(?:1899|1900)-/.test(end) ? end : end.replace(/^\d{4}-.*$/, ''));
  if (minute !== undefined) return endAfter(wallOf(from, zone), minute);
  return parseDateTime(end) ?? { code: 'invalid_time' };
}

/** The day of a cell in the column of days that has a time of day beside it. */
function dayOfStamp(text: string) {
  const stamp = parseDateTime(text);
  return stamp && !(stamp instanceof Date) ? stamp.date : undefined;
}

function minuteOf(moment: Moment | undefined): number | undefined {
  return moment && !(moment instanceof Date) ? moment.minute : undefined;
}

function wallOf(moment: Moment, zone: string): WallTime {
  if (!(moment instanceof Date)) return moment;
  const local = DateTime.fromJSDate(moment, { zone });
  return { date: local.toISODate()!, minute: local.hour * 60 + local.minute };
}

function instantOf(moment: Moment, zone: string): Date {
  return moment instanceof Date ? moment : instantOfWall(moment, zone);
}

function isFault(value: Moment | Fault): value is Fault {
  return 'code' in value;
}
