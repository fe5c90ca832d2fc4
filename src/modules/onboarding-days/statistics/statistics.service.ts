import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { addDays, instantAt, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import {
  StatisticsQueries,
  type DayUse,
  type MissingAgents,
  type MunicipalityNoShows,
  type Period,
} from './statistics.queries.js';
import {
  daysNeeded,
  daysWaited,
  medianSeats,
  QUARTER_DAYS,
  sumOf,
  withMark,
  type NoShows,
} from './statistics.rules.js';

const YEAR_DAYS = 365;

type Marked<T> = T & { isFew: boolean };

/** How onboarding days are used, and whether there are enough of them. */
export interface Statistics extends Period {
  days: DayUse[];
  noShows: { all: Marked<NoShows>; municipalities: Marked<MunicipalityNoShows>[] };
  missing: (Omit<MissingAgents, 'newSince'> & { longestDays: number | null })[];
  need: {
    registered: number;
    missing: number;
    medianSeats: number | null;
    /** Null when no day has been held. */
    daysNeeded: number | null;
    daysPlanned: number;
  };
}

/** Gathers it; what it means is decided in the rules. */
@Injectable()
export class StatisticsService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly queries: StatisticsQueries,
  ) {}

  /** For days of the period; without one a year back and a year ahead. Who is missing and the need are always as of today. */
  async of(asked: { from?: LocalDate | undefined; to?: LocalDate | undefined }): Promise<Statistics> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const { from = addDays(today, -YEAR_DAYS), to = addDays(today, YEAR_DAYS) } = asked;
    const noShows = await this.queries.noShows({ from, to });
    const missing = await this.missing(today);
    return {
      from,
      to,
      days: await this.queries.days({ from, to }),
      noShows: { all: withMark(sumOf(noShows)), municipalities: noShows.map(withMark) },
      missing,
      need: await this.need(
        today,
        missing.reduce((sum, { newAgents, existingAgents }) => sum + newAgents + existingAgents, 0),
      ),
    };
  }

  private async missing(today: LocalDate): Promise<Statistics['missing']> {
    const rows = await this.queries.missing(this.startOf(addDays(today, -QUARTER_DAYS)));
    return rows.map(({ newSince, ...row }) => ({
      ...row,
      longestDays: newSince && daysWaited(localDateOf(newSince, this.env.TZ_NAME), today),
    }));
  }

  private async need(today: LocalDate, missing: number): Promise<Statistics['need']> {
    const registered = await this.queries.registeredSince(this.startOf(addDays(today, -YEAR_DAYS)));
    const seats = await this.queries.lastSeats(today);
    return {
      registered,
      missing,
      medianSeats: medianSeats(seats),
      daysNeeded: daysNeeded({ registered, missing, seats }),
      daysPlanned: await this.queries.planned({ from: addDays(today, 1), to: addDays(today, YEAR_DAYS) }),
    };
  }

  private startOf(day: LocalDate): Date {
    return instantAt(day, '00:00', this.env.TZ_NAME);
  }
}
