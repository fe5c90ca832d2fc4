import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { translator } from '../../../web/i18n/translate.js';
import type { FeedDay } from './calendar-feed.queries.js';
import { invitation, type CalendarEntry, type CalendarParty } from './calendar.js';
import type { SeatChange, ToldPlace } from '../seats/seat-changes.js';
import type { ToldDay } from '../told-days.js';

/** Whose calendar it is. */
export interface CalendarOwner {
  firstName: string;
  lastName: string;
  email: string;
  language: string;
}

/** Writes seats as calendar entries. */
@Injectable()
export class SeatCalendar {
  private readonly host: string;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {
    this.host = new URL(env.PUBLIC_URL).hostname;
  }

  /** The invitation to the seat there is now, else the cancellation of the one that was; undefined when there was none ahead. */
  of(
    { before, after }: Pick<SeatChange, 'before' | 'after'>,
    owner: CalendarOwner,
    days: { day: ToldDay | null; previous: ToldDay | null },
  ): string | undefined {
    const isCancelled = !after;
    const day = isCancelled ? days.previous : days.day;
    // Whoever gives a seat back counts its entry up.
    const place = after ?? (before && { ...before, calendarSequence: before.calendarSequence + 1 });
    if (!day || !place) return undefined;
    const entry = { ...this.entry(place, day, owner.language), isCancelled };
    return invitation(entry, this.organizer(), partyOf(owner));
  }

  /** The seat as an entry. */
  entry(
    place: Pick<ToldPlace, 'calendarUid' | 'calendarSequence'>,
    day: ToldDay,
    language: string,
  ): CalendarEntry {
    const t = translator(language);
    const texts = [day.message, day.directions, t('onboardingDays.calendarHint')];
    return {
      uid: `${place.calendarUid}@${this.host}`,
      sequence: place.calendarSequence,
      stamp: this.clock.now(),
      day,
      summary: t('onboardingDays.calendarTitle', { organisation: this.env.ORGANISATION_NAME }),
      description: texts.filter(Boolean).join('\n\n'),
      url: `${this.env.PUBLIC_URL}/mit`,
      isCancelled: false,
    };
  }

  /** A day as the secretariat sees it, with how full it is. */
  dayEntry(day: FeedDay, language: string): CalendarEntry {
    const t = translator(language);
    const { seatsTaken, capacity } = day;
    const texts = [day.message, day.directions, day.instructors];
    return {
      uid: `onboarding-day-${day.id}@${this.host}`,
      sequence: day.calendarSequence,
      stamp: this.clock.now(),
      day,
      summary: t('onboardingDays.calendarDay', { seatsTaken, capacity }),
      description: texts.filter(Boolean).join('\n\n'),
      url: `${this.env.PUBLIC_URL}/onboardingdage/${day.id}`,
      isCancelled: day.isCancelled,
    };
  }

  private organizer(): CalendarParty {
    return { name: this.env.ORGANISATION_NAME, email: this.env.SUPPORT_EMAIL };
  }
}

function partyOf({ firstName, lastName, email }: CalendarOwner): CalendarParty {
  return { name: `${firstName} ${lastName}`, email };
}
