import { formatNumber, formatShare } from '../../../web/format.js';
import { toLanguage, translator, type Translator } from '../../../web/i18n/translate.js';
import type { Effect, Figure, Finding, FindingGroup, InsightKey, Note } from '../insight.js';
import { verdictOf } from '../../../common/statistics/estimate.rules.js';

/** What a difference says in one word. */
export type InsightVerdict = 'higher' | 'lower' | 'uncertain';

/** So many sentences on what could explain it otherwise each question has. */
const ALTERNATIVES = [1, 2, 3] as const;

/** Decimals of numbers that are told without a unit. */
const DIGITS: Readonly<Record<string, number>> = { ratio: 2, kappa: 2, probability: 3 };

/** Below it a probability is told as being less than that. */
const LEAST_PROBABILITY = 0.001;

/** Tells a finding in plain words of one language. */
export class InsightWords {
  private readonly t: Translator;

  constructor(private readonly language: string) {
    this.t = translator(language);
  }

  /** A text of a question, such as its method. */
  of(key: InsightKey, part: string, args: Record<string, string | number> = {}): string {
    return this.t(`insight.${key}.${part}`, args);
  }

  /** What could explain it otherwise. */
  alternatives(key: InsightKey): string[] {
    return ALTERNATIVES.map((n) => this.of(key, `alternative_${n}`));
  }

  /** The one sentence that answers the question. */
  sentence(key: InsightKey, finding: Finding, threshold: number | null): string {
    const { notAnswerable, effect } = finding;
    if (notAnswerable) {
      const { reason, n } = notAnswerable;
      return this.t(`insight.reason.${reason}`, {
        n: n === null ? this.t('insight.fewer') : formatNumber(n, this.language),
        what: this.of(key, 'what'),
      });
    }
    if (key === 'time-to-ready')
      return this.of(key, effect?.high === null ? 'open' : 'answer', this.numbers(effect!));
    if (effect === null) return this.of(key, 'side_by_side', this.shares(finding));
    return this.of(key, verdictIn(effect), {
      ...this.numbers(effect),
      ...this.shares(finding),
      ...(threshold !== null && { threshold }),
    });
  }

  /** The name of a group. */
  group({ key, args }: FindingGroup): string {
    return this.t(`insight.group.${key}`, args);
  }

  /** The name of another number. */
  figure({ key, label }: Figure): string {
    return label ? label[toLanguage(this.language)] : this.t(`insight.figure.${key}`);
  }

  /** What is said beside the answer. */
  note({ key, args }: Note): string {
    const told = Object.entries(args).map(([name, value]) => [name, formatNumber(value, this.language)]);
    return this.t(`insight.note.${key}`, Object.fromEntries(told) as Record<string, string>);
  }

  /** A number as it is written with its unit. */
  number(value: number, unit: string): string {
    if (unit === 'share') return formatShare(value, 1, this.language);
    if (unit === 'probability' && value < LEAST_PROBABILITY) return this.t('insight.hardlyLikely');
    const told = signed(
      new Intl.NumberFormat(this.language === 'en' ? 'en-GB' : 'da-DK', {
        maximumFractionDigits: DIGITS[unit] ?? 1,
      }).format(value),
    );
    return unit in DIGITS ? told : this.t(`insight.unit.${unit}`, { n: told });
  }

  private numbers({ value, low, high }: Effect): Record<string, string> {
    const isBelow = value < 0;
    const size = (one: number | null) => (one === null ? '' : signed(formatNumber(one, this.language)));
    // A difference downwards is told by its size, the smaller end first.
    if (isBelow && high !== null && high < 0)
      return { value: size(-value), low: size(-high), high: size(low === null ? null : -low) };
    return { value: size(value), low: size(low), high: size(high) };
  }

  private shares({ groups, groupUnit }: Finding): Record<string, string> {
    const [first, second] = groups.map(({ value }) => this.number(value, groupUnit));
    return { first: first ?? '', second: second ?? '' };
  }
}

/** The word for an effect: only what its interval rules out counts. */
export function verdictIn({ low, high }: Effect): InsightVerdict {
  if (low === null || high === null) return 'uncertain';
  const verdict = verdictOf({ low, high });
  return verdict === 'uncertain' ? 'uncertain' : verdict === 'better' ? 'higher' : 'lower';
}

/** With a sign that is told from a dash, and none before nothing. */
function signed(text: string): string {
  return text === '-0' ? '0' : text.replace('-', '−');
}
