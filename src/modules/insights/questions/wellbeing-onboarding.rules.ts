import {
  unanswered,
  type Effect,
  type Figure,
  type Finding,
  type FindingGroup,
  type Label,
} from '../insight.js';
import { differenceOfMeans, meanInterval, type Summary } from '../../../common/statistics/mean.rules.js';
import type { Estimate } from '../../../common/statistics/estimate.rules.js';

/** A topic of a wave by whether the respondents are registered as having attended; null where the wave's results hide it. */
export interface TopicFacts {
  topic: string;
  label: Label;
  attended: Summary | null;
  notAttended: Summary | null;
}

const NAMES = { with: 'with_day', without: 'without_day' };

/**
 * Whether agents who have attended an onboarding day answer the wellbeing survey differently, topic by topic and on average. Which answers
 * on two topics belong to the same person is not known, so the interval of the average is the average of the intervals: wide enough
 * even if everybody answers all topics alike.
 */
export function wellbeingOnboarding(topics: readonly TopicFacts[] | null): Finding {
  if (topics === null) return unanswered('points', 'no_wave', 0);
  const known = topics.flatMap(({ topic, label, attended, notAttended }) => {
    const difference = attended && notAttended && differenceOfMeans(attended, notAttended);
    return difference ? [{ topic, label, attended, notAttended, difference }] : [];
  });
  if (known.length === 0) return unanswered('points', 'hidden', 0);
  const average = averageOf(known.map(({ difference }) => difference));
  return {
    effect: { ...average, unit: 'points' },
    groupUnit: 'points',
    groups: [
      groupOf(
        NAMES.with,
        known.map(({ attended }) => attended),
      ),
      groupOf(
        NAMES.without,
        known.map(({ notAttended }) => notAttended),
      ),
    ],
    figures: known.map(({ label, difference }): Figure => ({ key: 'topic', label, ...points(difference) })),
    notes: [{ key: 'many_topics', args: { topics: known.length } }],
    municipalities: [],
    table: {
      columns: ['topic', 'group', 'answers', 'mean', 'standard_deviation'],
      rows: known.flatMap(({ topic, attended, notAttended }) => [
        [topic, NAMES.with, attended.n, attended.mean, attended.sd],
        [topic, NAMES.without, notAttended.n, notAttended.mean, notAttended.sd],
      ]),
    },
    notAnswerable: null,
  };
}

function averageOf(estimates: readonly Estimate[]): Estimate {
  const mean = (of: (one: Estimate) => number) =>
    estimates.reduce((sum, one) => sum + of(one), 0) / estimates.length;
  const value = mean((one) => one.value);
  const half = mean((one) => (one.high - one.low) / 2);
  return { value, low: value - half, high: value + half };
}

/** The average of all topics; so many answered the topic that fewest answered. */
function groupOf(key: string, summaries: readonly Summary[]): FindingGroup {
  const intervals = summaries.flatMap((summary) => meanInterval(summary) ?? []);
  const value = summaries.reduce((sum, { mean }) => sum + mean, 0) / summaries.length;
  const isKnown = intervals.length === summaries.length;
  const average = isKnown ? averageOf(intervals) : null;
  return {
    key,
    people: Math.min(...summaries.map(({ n }) => n)),
    calls: null,
    value,
    low: average && Math.max(0, average.low),
    high: average && Math.min(100, average.high),
  };
}

function points({ value, low, high }: Estimate): Effect {
  return { value, low, high, unit: 'points' };
}
