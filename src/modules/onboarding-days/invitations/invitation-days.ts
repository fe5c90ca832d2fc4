import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { isOpen } from '../onboarding-days.rules.js';
import { ToldDays, type ToldDay } from '../told-days.js';

/** A day that people are invited to. */
export interface InvitedDay extends ToldDay {
  isCancelled: boolean;
  /** Whether it is booked today. */
  isOpen: boolean;
}

/** Reads the days that people are invited to. */
@Injectable()
export class InvitationDays {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly told: ToldDays,
  ) {}

  /** Today in the zone. */
  today(): LocalDate {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }

  /** The day. Inside a unit of work pass its tx. @throws DomainError `not_found` */
  async find(dayId: number, source: EntityManager = this.database.reader.manager): Promise<InvitedDay> {
    const [row] = await selectRows<{ isCancelled: number }>(
      source,
      'SELECT CASE WHEN cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled FROM onboarding_day WHERE id = ?',
      [dayId],
    );
    const day = row && (await this.told.read(source, [dayId])).get(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    const isCancelled = row.isCancelled === 1;
    return { ...day, isCancelled, isOpen: isOpen({ ...day, isCancelled }, this.today()) };
  }

  /**
   * The day, its row held: of two who invite to it at once, the second sees whom the first has invited.
   * @throws DomainError `not_found`, `day_cancelled`, `booking_closed`
   */
  async hold(tx: Tx, dayId: number): Promise<InvitedDay> {
    await selectRows(tx, `SELECT id FROM onboarding_day WHERE id = ?${lockClause(tx)}`, [dayId]);
    return this.refuseClosed(await this.find(dayId, tx));
  }

  /** The day, when people can still be invited to it. @throws DomainError `not_found`, `day_cancelled`, `booking_closed` */
  async open(dayId: number): Promise<InvitedDay> {
    return this.refuseClosed(await this.find(dayId));
  }

  private refuseClosed(day: InvitedDay): InvitedDay {
    if (day.isCancelled) throw new DomainError('day_cancelled', 'conflict');
    if (!day.isOpen) throw new DomainError('booking_closed', 'conflict');
    return day;
  }
}
