import { addDays, isWeekday, type LocalDate } from '../../common/local-date.js';
import type { Month } from '../../modules/quality/index.js';
import type { DemoSize } from '../demo-progress.js';

/** What is told of one agent: shares resolved in some months, and the case that came of it. */
export interface DemoStory {
  shares: ReadonlyMap<Month, number>;
  case?: DemoCase;
}

/** A case that has been brought to the leader's notice. */
export interface DemoCase {
  streakFrom: Month;
  streakTo: Month;
  /** When the month was closed; the agent was told the day after, the leader five days after that. */
  closedOn: LocalDate;
  talk: { state: 'accepted' | 'held'; on: LocalDate };
  /** When the leader ended it; null while it is open. */
  endedOn: LocalDate | null;
}

/** Below three months in a row in the spring of 2026; better since. */
const SPRING: DemoStory = {
  shares: new Map([
    ['2026-01', 0.55],
    ['2026-02', 0.43],
    ['2026-03', 0.4],
    ['2026-04', 0.44],
    ['2026-05', 0.56],
    ['2026-09', 0.6],
    ['2026-10', 0.62],
  ]),
  case: {
    streakFrom: '2026-02',
    streakTo: '2026-04',
    closedOn: '2026-05-06',
    talk: { state: 'held', on: '2026-05-27' },
    endedOn: null,
  },
};

/** Below two months in a row, in spring and now. */
const WATCHED: DemoStory = {
  shares: new Map([
    ['2026-02', 0.57],
    ['2026-03', 0.45],
    ['2026-04', 0.46],
    ['2026-05', 0.55],
    ['2026-08', 0.56],
    ['2026-09', 0.46],
    ['2026-10', 0.44],
  ]),
};

/** Below three months in a row in the summer of 2026; a talk lies ahead. */
const summer = (today: LocalDate): DemoStory => ({
  shares: new Map([
    ['2026-06', 0.57],
    ['2026-07', 0.42],
    ['2026-08', 0.41],
    ['2026-09', 0.45],
    ['2026-10', 0.54],
  ]),
  case: {
    streakFrom: '2026-07',
    streakTo: '2026-09',
    closedOn: '2026-10-06',
    talk: { state: 'accepted', on: weekdayAfter(addDays(today, 6)) },
    endedOn: null,
  },
});

/** The stories of a demonstration in the order of the agents they are told of; a case only once it lies in the past. */
export function demoStories(size: DemoSize, today: LocalDate): DemoStory[] {
  const stories =
    size === 'small'
      ? [SPRING, WATCHED]
      : [{ ...SPRING, case: { ...SPRING.case!, endedOn: '2026-06-10' } }, WATCHED, summer(today)];
  return stories.map(({ shares, case: told }) =>
    told && addDays(told.closedOn, 40) < today ? { shares, case: told } : { shares },
  );
}

function weekdayAfter(day: LocalDate): LocalDate {
  return isWeekday(day) ? day : weekdayAfter(addDays(day, 1));
}
