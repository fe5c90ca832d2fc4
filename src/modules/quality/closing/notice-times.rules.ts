import { addDays, isWeekday, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { nextOfficeInstant } from '../../notifications/index.js';

const HOUR_MS = 3_600_000;

/** When a closing becomes final, and when whom is told. */
export interface NoticeTimes {
  /** Until then it can be undone; then the agents are told. */
  finalAt: Date;
  agentToldOn: LocalDate;
  /** The earliest day for the leader: an agent's "the figure is wrong" may hold it up. */
  leaderToldOn: LocalDate;
}

/**
 * When whom is told of a closing. Mails that nobody asked for go out on weekdays between 8 and 16, and a closing can be undone until
 * they do (product decision "Working days").
 */
export function noticeTimes(
  closedAt: Date,
  { undoHours, agentFirstDays }: { undoHours: number; agentFirstDays: number },
  zone: string,
): NoticeTimes {
  const finalAt = nextOfficeInstant(new Date(closedAt.getTime() + undoHours * HOUR_MS), zone);
  const agentToldOn = localDateOf(finalAt, zone);
  return { finalAt, agentToldOn, leaderToldOn: weekdaysAfter(agentToldOn, agentFirstDays) };
}

/** The weekday that lies `count` weekdays after the day, the day itself not counted. */
export function weekdaysAfter(date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWeekday(day)) left -= 1;
  }
  return day;
}
