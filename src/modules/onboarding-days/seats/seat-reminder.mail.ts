import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LinkService } from '../../identity/index.js';
import { nextOfficeInstant, OutboxService } from '../../notifications/index.js';
import { SEAT_REMINDER_TEMPLATE, type SeatedAgent } from './seat-reminders.queries.js';
import type { SeatReminder } from './seat-reminders.rules.js';
import { ToldDays } from '../told-days.js';

/** Queues the reminder of a seat, once for each of its times and each date the day was on. */
@Injectable()
export class SeatReminderMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: ToldDays,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
  ) {}

  async queue(tx: Tx, seated: SeatedAgent, reminder: SeatReminder): Promise<void> {
    const { bookingId, dayId, on, personId, firstName, email, language } = seated;
    const notBefore = nextOfficeInstant(this.clock.now(), this.env.TZ_NAME);
    const day = (await this.days.read(tx, [dayId])).get(dayId)!;
    await this.outbox.queue(tx, {
      template: SEAT_REMINDER_TEMPLATE,
      to: { personId, firstName, address: email, language },
      variables: { day, mayMove: day.bookBy >= localDateOf(notBefore, this.env.TZ_NAME) },
      secretLinks: { link: await this.links.issue(tx, personId, 'personal', notBefore) },
      dedupeKey: `${SEAT_REMINDER_TEMPLATE}:${bookingId}:${on}:${reminder}`,
      about: { type: 'booking', id: bookingId },
      notBefore,
    });
  }
}
