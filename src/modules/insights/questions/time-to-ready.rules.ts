import { wilson } from '../../../common/statistics/wilson.rules.js';
import { joinedUntilLarge, largeEnough } from '../disclosure/large-enough.rules.js';
import {
  FEWEST_PEOPLE,
  unanswered,
  type Finding,
  type FindingGroup,
  type MunicipalityValue,
} from '../insight.js';
import { medianInterval } from '../../../common/statistics/median.rules.js';

/** A required course of a new agent, and when it was through. */
export interface WayRow {
  agentId: number;
  municipalityCode: string;
  registeredAt: Date;
  /** Null when no e-learning was assigned. */
  enrolledAt: Date | null;
  /** Completed or let off; null while it is not. */
  throughAt: Date | null;
  hasLeft: boolean;
}

/** A new agent, and after how many days ready for the first shift: Infinity while not. */
export interface Wait {
  municipalityCode: string;
  days: number;
  hasLeft: boolean;
}

const DAY_MS = 86_400_000;
/** What is assigned later belongs to no first shift. */
const ASSIGNED_WITHIN_DAYS = 1;
const STEPS = [3, 7, 14, 30, 60];

/**
 * Days from registration until all required e-learning that was assigned with it is through.
 * @param rows those of one agent follow one another
 */
export class Waits {
  private readonly waits: Wait[] = [];
  private lastAgentId = 0;

  add({ agentId, municipalityCode, registeredAt, enrolledAt, throughAt, hasLeft }: WayRow): void {
    if (agentId !== this.lastAgentId) this.waits.push({ municipalityCode, days: -1, hasLeft });
    this.lastAgentId = agentId;
    const wait = this.waits.at(-1)!;
    const isAssigned = enrolledAt !== null && daysBetween(registeredAt, enrolledAt) <= ASSIGNED_WITHIN_DAYS;
    if (!isAssigned) return;
    const days = throughAt === null ? Infinity : Math.max(0, daysBetween(registeredAt, throughAt));
    wait.days = Math.max(wait.days, days);
  }

  /** All agents; one to whom nothing was assigned is not ready. */
  all(): Wait[] {
    return this.waits.map((wait) => (wait.days < 0 ? { ...wait, days: Infinity } : wait));
  }
}

/** How long new agents wait: the median of all, and of each municipality that is large enough. */
export function timeToReady(waits: readonly Wait[]): Finding {
  const stayed = waits.filter(({ days, hasLeft }) => days < Infinity || !hasLeft);
  if (stayed.length === 0) return unanswered('days', 'no_data', 0);
  const median = medianInterval(stayed.map(({ days }) => days));
  if (median === null || stayed.length < FEWEST_PEOPLE)
    return unanswered('days', 'few_people', stayed.length);
  if (median.value === Infinity)
    return unanswered('days', 'few_with', stayed.filter(({ days }) => days < Infinity).length);
  const groups = stepsOf(stayed);
  const municipalities = medians(stayed);
  return {
    effect: { value: median.value, low: finite(median.low), high: finite(median.high), unit: 'days' },
    groupUnit: 'share',
    groups,
    figures: [],
    notes: [
      { key: 'left_before_ready', args: { n: waits.length - stayed.length } },
      { key: 'not_ready_yet', args: { n: stayed.filter(({ days }) => days === Infinity).length } },
    ],
    municipalities,
    table: {
      columns: ['group', 'agents', 'share_ready', 'median_days'],
      rows: [
        ['all', stayed.length, null, median.value],
        ...groups.map(({ args, people, value }) => [`within_${args!['days']}_days`, people, value, null]),
        ...municipalities.map(({ code, people, value }) => [`municipality_${code}`, people, null, value]),
      ],
    },
    notAnswerable: null,
  };
}

/** The share that is ready within some days. Steps between which fewer than five became ready are left out. */
function stepsOf(waits: readonly Wait[]): FindingGroup[] {
  const bounds = [...STEPS, Infinity];
  const bins = bounds.map((until, n) => {
    const from = n === 0 ? -1 : bounds[n - 1]!;
    const people = waits.filter(({ days }) => days > from && (days <= until || until === Infinity)).length;
    return { until, people };
  });
  const joined = joinedUntilLarge(bins, (one, next) => ({
    until: next.until,
    people: one.people + next.people,
  }));
  let ready = 0;
  return joined.flatMap(({ until, people }) => {
    ready += people;
    if (until === Infinity) return [];
    const { rate, low, high } = wilson(ready, waits.length)!;
    return [
      { key: 'within', args: { days: until }, people: waits.length, calls: null, value: rate, low, high },
    ];
  });
}

function medians(waits: readonly Wait[]): MunicipalityValue[] {
  const byCode = new Map<string, number[]>();
  for (const { municipalityCode, days } of waits) {
    const known = byCode.get(municipalityCode);
    if (known) known.push(days);
    else byCode.set(municipalityCode, [days]);
  }
  const groups = [...byCode].map(([code, days]) => ({ code, days, people: days.length }));
  return largeEnough(groups)
    .flatMap(({ code, days, people }) => {
      const median = medianInterval(days);
      const value = median?.value ?? middleOf(days);
      if (value === Infinity) return [];
      return [{ code, people, value, low: finite(median?.low), high: finite(median?.high) }];
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** For so few that there is no interval. */
function middleOf(days: readonly number[]): number {
  const sorted = days.toSorted((a, b) => a - b);
  const last = sorted.length - 1;
  return (sorted[Math.floor(last / 2)]! + sorted[Math.ceil(last / 2)]!) / 2;
}

function finite(days: number | undefined): number | null {
  return days === undefined || days === Infinity ? null : days;
}

function daysBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / DAY_MS;
}
