import { Inject, Injectable } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { LinkService } from '../identity/index.js';
import { nextOfficeInstant, OutboxService } from '../notifications/index.js';
import type { DueReminder } from './reminders.rules.js';

/** The template of the reminder. */
export const REMINDER_TEMPLATE = 'elearning-reminder';

/** The template of the reminder of a version that is to be taken again. */
export const RETAKE_REMINDER_TEMPLATE = 'elearning-retake-reminder';

/** What the dedupe keys of the reminders begin with that somebody in the secretariat has asked for. */
export const REMIND_NOW = 'elearning-remind-now';

/** Who is reminded of what. */
export interface Reminded {
  enrolmentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  title: string;
  estimatedMinutes: number;
  dueOn: string;
}

/** Queues the reminder of an e-learning, once for each of its times. */
@Injectable()
export class ReminderMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
  ) {}

  async queue(tx: Tx, reminded: Reminded, due: DueReminder, now: Date): Promise<void> {
    const { enrolmentId, personId, dueOn } = reminded;
    const dedupeKey = `${REMINDER_TEMPLATE}:${enrolmentId}:${dueOn}:${due.weekdaysLeft}`;
    // Asked first only to spare the link; the unique key decides when two instances are here at once.
    const [known] = await selectRows(tx, 'SELECT id FROM mail WHERE dedupeKey = ?', [dedupeKey]);
    if (known) return;
    await this.outbox.queue(tx, {
      template: REMINDER_TEMPLATE,
      to: { personId, firstName: reminded.firstName, address: reminded.email, language: reminded.language },
      variables: { title: reminded.title, estimatedMinutes: reminded.estimatedMinutes, dueOn },
      secretLinks: { link: await this.links.issue(tx, personId, 'personal') },
      dedupeKey,
      about: { type: 'enrolment', id: enrolmentId },
      notBefore: nextOfficeInstant(now, this.env.TZ_NAME),
    });
  }
}
