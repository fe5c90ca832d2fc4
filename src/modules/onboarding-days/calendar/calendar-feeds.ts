import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { addDays, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { translator } from '../../../web/i18n/translate.js';
import { feed } from './calendar.js';
import { CalendarFeedQueries, type FeedReader } from './calendar-feed.queries.js';
import { SeatCalendar } from './seat-calendar.js';

const A_YEAR_DAYS = 366;

/** Writes what calendar programs read by a link (iCalendar). */
@Injectable()
export class CalendarFeeds {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly queries: CalendarFeedQueries,
    private readonly calendar: SeatCalendar,
  ) {}

  /** An agent's seats, under the same keys as in the mails. @throws DomainError `not_found` for any token but the agent's own */
  async ofAgent(token: string | undefined, agentId: number): Promise<string> {
    const { language } = known(token && (await this.queries.agentReader(token, agentId)));
    const seats = await this.queries.seats(agentId);
    const entries = seats.map((seat) => this.calendar.entry(seat, seat.day, language));
    return feed(this.nameIn(language), entries);
  }

  /** All days from a year back, the cancelled ones marked as such. @throws DomainError `not_found` */
  async ofSecretariat(token: string | undefined): Promise<string> {
    const { language } = known(token && (await this.queries.secretariatReader(token)));
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const days = await this.queries.daysFrom(addDays(today, -A_YEAR_DAYS));
    const entries = days.map((day) => this.calendar.dayEntry(day, language));
    return feed(this.nameIn(language), entries);
  }

  private nameIn(language: string): string {
    return translator(language)('calendarLink.name', { organisation: this.env.ORGANISATION_NAME });
  }
}

function known(reader: FeedReader | '' | undefined): FeedReader {
  if (!reader) throw new DomainError('not_found', 'not_found');
  return reader;
}
