import { readFileSync } from 'node:fs';
import { projectRoot } from '../../../config/paths.js';
import { monthsFrom, type Month } from '../month.rules.js';
import {
  STEERING_GROUP_POLICY,
  type FigureHistory,
  type MonthFigure,
  type QualityPolicy,
} from '../streak.rules.js';
import { assess, type StandingCase } from './assessment.rules.js';

const CLOSED = '2026-06';
const MONTHS = monthsFrom('2026-01', CLOSED);
const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'];
const OUTCOMES: Record<string, string> = {
  notice: 'hit',
  'follow-up': 'follow_up',
  watch: 'watch',
  nothing: 'none',
  unknown: 'unknown',
};

/** The rows of the page's tables, each cell as text. */
const rows = readFileSync(`${projectRoot}docs/quality-rule.md`, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && !/^\| (?:case |-)/.test(line))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe('the rule, as the page for the steering group tells it', () => {
  it('is told by a good number of cases', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map((row) => row[8]))).toEqual(new Set(Object.keys(OUTCOMES)));
  });

  it.each(rows.map((row) => [row[0]!, row.slice(1, 7), row[7]!, row[8]!, row[9]!] as const))(
    '%s (%j) %s: %s',
    (_, calls, whatElse, leadsTo, counted) => {
      const words = whatElse.split(',').map((one) => one.trim());
      const policy = policyOf(words);
      const { outcome, streak } = assess(CLOSED, historyOf(calls, words), policy, {
        cases: casesOf(words),
        takenOut: [],
      });
      expect({ outcome, months: streak.months }).toEqual({
        outcome: OUTCOMES[leadsTo],
        months: named(counted),
      });
    },
  );
});

/** What follows a beginning, in the words of a cell. */
function after(words: readonly string[], beginning: string): string | undefined {
  return words.find((one) => one.startsWith(beginning))?.slice(beginning.length);
}

function historyOf(calls: readonly string[], words: readonly string[]): FigureHistory {
  const imported = MONTHS.filter((_, n) => calls[n] !== '?');
  const figures = new Map<Month, MonthFigure>();
  for (const [n, text] of calls.entries()) {
    const [, resolved, warm, answered] = /^(\d+)(?:\+(\d+))?\/(\d+)$/.exec(text) ?? [];
    if (answered === undefined) continue;
    const warmTransferred = warm === undefined ? null : Number(warm);
    figures.set(MONTHS[n]!, { answered: Number(answered), resolved: Number(resolved), warmTransferred });
  }
  const period = { startOn: after(words, 'here since ') ?? '2025-01-01', endOn: null };
  return { figures, imported: new Set(imported), period: words.includes('has left') ? null : period };
}

function policyOf(words: readonly string[]): QualityPolicy {
  const [numerator, denominator] = (after(words, 'threshold ') ?? '1/2').split('/').map(Number);
  const [, months, watchMonths] = /^(\d+) months and (\d+) to watch$/.exec(words[0]!) ?? [];
  return {
    ...STEERING_GROUP_POLICY,
    threshold: { numerator: numerator!, denominator: denominator! },
    months: Number(months ?? STEERING_GROUP_POLICY.months),
    watchMonths: Number(watchMonths ?? STEERING_GROUP_POLICY.watchMonths),
    minimumCalls: Number(after(words, 'minimum ') ?? 0),
    warmTransferCounts: words.includes('warm transfers count'),
    appliesFrom: after(words, 'rule from ') ?? '2026-01',
  };
}

function casesOf(words: readonly string[]): StandingCase[] {
  const months = named(after(words, 'heard of ') ?? '');
  return months.length === 0 ? [] : [{ id: 1, streakTo: months.at(-1)!, months }];
}

function named(names: string): Month[] {
  return names === '' ? [] : names.split(' ').map((name) => MONTHS[NAMES.indexOf(name)]!);
}
