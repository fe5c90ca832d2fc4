import type { LocalDate } from '../../../common/local-date.js';
import type { AgentCalls, SideCalls } from './agent-calls.rules.js';

/** A month as a number (12 × year + month), so that many can be compared fast and subtracted from each other. */
export type MonthNumber = number;

/** By what answered calls are multiplied before resolved ones are added: more than anybody resolves in a month. */
export const PACKED_BY = 1_000_000;

/** Later than every month: what has not happened. */
export const NEVER: MonthNumber = Number.POSITIVE_INFINITY;

/** A period of employment, by keys of growing order. */
export interface EmploymentDays {
  municipalityCode: string;
  startOn: LocalDate;
  /** Before `startOn` where nobody ever came. */
  endOn: LocalDate | null;
}

/** Of an agent, what the months are divided by. */
export interface Division {
  /** All the agent ever had, in the order of their keys. */
  employments: readonly EmploymentDays[];
  /** The month of the event, `NEVER` where there was none. */
  event: MonthNumber;
}

/** The months of a period of employment that count for it. */
interface CountedMonths {
  municipalityCode: string;
  from: MonthNumber;
  until: MonthNumber;
}

/** The month that a month or a day begins with (`YYYY-MM…`). */
export function monthNumber(text: string): MonthNumber {
  return monthAt(text, 0);
}

/**
 * Divides an agent's calls into those of the months before the event and of those after it; the month of the event itself is on neither
 * side. A month counts when an employment has a day in it, for the later of two employments that share it.
 * @param figures month and calls (answered × `PACKED_BY` + resolved) of each, one behind the other, with commas between
 * @param count how many there are of them
 * @returns undefined when no calls count
 * @throws Error when the figures are not as many as they should be: a database has cut them short
 */
export function splitCalls(
  { employments, event }: Division,
  figures: string,
  count: number,
): Omit<AgentCalls, 'agentId' | 'score'> | undefined {
  const counted = countedMonths(employments);
  let first = NEVER;
  for (const { startOn } of employments) first = Math.min(first, monthNumber(startOn));
  const [without, withIt] = [new SideSum(), new SideSum()];
  let last: CountedMonths | undefined;
  const found = eachFigure(figures, (month, answered, resolved) => {
    if (month === event || answered === 0) return;
    const period = counted.find(({ from, until }) => month >= from && month < until);
    if (!period) return;
    (month < event ? without : withIt).add(answered, resolved, month - first);
    if (!last || period.from > last.from) last = period;
  });
  if (found !== count) throw new Error(`The database gave ${found} of ${count} months.`);
  return last && { municipalityCode: last.municipalityCode, without: without.calls(), with: withIt.calls() };
}

/** Each ends where its last day is, or where a later one begins. */
function countedMonths(employments: readonly EmploymentDays[]): CountedMonths[] {
  const counted: CountedMonths[] = [];
  let next = NEVER;
  for (const { municipalityCode, startOn, endOn } of employments.toReversed()) {
    if (endOn !== null && endOn < startOn) continue;
    const from = monthNumber(startOn);
    const until = Math.min(endOn === null ? NEVER : monthNumber(endOn) + 1, next);
    if (from < until) counted.push({ municipalityCode, from, until });
    next = Math.min(next, from);
  }
  return counted;
}

/** Adds calls up; the tenure of each month counts by its calls. */
class SideSum {
  private trials = 0;
  private successes = 0;
  private months = 0;

  add(answered: number, resolved: number, tenure: number): void {
    this.trials += answered;
    this.successes += resolved;
    this.months += answered * tenure;
  }

  calls(): SideCalls | null {
    const { trials, successes, months } = this;
    return trials === 0 ? null : { successes, trials, tenure: months / trials };
  }
}

const [COMMA, ZERO] = [44, 48];

/** Reads figures letter by letter, since there are millions of them. Tells how many there were. */
function eachFigure(
  text: string,
  work: (month: MonthNumber, answered: number, resolved: number) => void,
): number {
  let count = 0;
  for (let at = 0; at < text.length; at += 1) {
    const month = monthAt(text, at);
    let calls = 0;
    for (at += 7; at < text.length && text.charCodeAt(at) !== COMMA; at += 1)
      calls = 10 * calls + text.charCodeAt(at) - ZERO;
    const answered = Math.floor(calls / PACKED_BY);
    work(month, answered, calls - answered * PACKED_BY);
    count += 1;
  }
  return count;
}

function monthAt(text: string, at: number): MonthNumber {
  return 12 * digits(text, at, 4) + digits(text, at + 5, 2);
}

function digits(text: string, from: number, length: number): number {
  let value = 0;
  for (let n = from; n < from + length; n += 1) value = 10 * value + text.charCodeAt(n) - ZERO;
  return value;
}
