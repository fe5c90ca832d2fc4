import type { LocalDate } from '../../../common/local-date.js';
import type { TalkState } from './talk-state.rules.js';

/** A count below this could be traced to single people, and is not told. */
export const FEW = 5;

/** A talk as far as it is counted. */
export interface CountedTalk {
  /** The day on which it was offered. */
  on: LocalDate;
  state: TalkState;
}

/** What became of the talks that were offered in a quarter; null where it is fewer than five. */
export interface TalkQuarter {
  /** `2026-Q4` */
  quarter: string;
  offered: number | null;
  held: number | null;
  notHeld: number | null;
  declined: number | null;
}

/** The quarter of a day: `2026-Q4`. */
export function quarterOf(day: LocalDate): string {
  const month = Number(day.slice(5, 7));
  return `${day.slice(0, 4)}-Q${Math.ceil(month / 3)}`;
}

/** Counts talks by the quarter of their offer, latest first, with every count below five left out. */
export function talkQuarters(talks: readonly CountedTalk[]): TalkQuarter[] {
  const byQuarter = new Map<string, CountedTalk[]>();
  for (const talk of talks) {
    const quarter = quarterOf(talk.on);
    byQuarter.set(quarter, [...(byQuarter.get(quarter) ?? []), talk]);
  }
  return [...byQuarter]
    .sort(([a], [b]) => b.localeCompare(a))
    .map(([quarter, all]) => ({
      quarter,
      offered: told(all.length),
      held: told(count(all, 'held')),
      notHeld: told(count(all, 'not_held')),
      declined: told(count(all, 'declined')),
    }));
}

function count(talks: readonly CountedTalk[], state: TalkState): number {
  return talks.filter((talk) => talk.state === state).length;
}

function told(number: number): number | null {
  return number < FEW ? null : number;
}
