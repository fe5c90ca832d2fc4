import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { PlanAge } from '../../shifts/index.js';
import { isOfficeTime } from './reading-reminders.rules.js';

/** Tells whether mails about readiness may go out now. */
@Injectable()
export class ReminderHours {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly planAge: PlanAge,
  ) {}

  /** Whether it is a weekday between 8 and 16. */
  areOpen(): boolean {
    return isOfficeTime(this.clock.now(), this.env.TZ_NAME);
  }

  /** Whether it is, and the shift plan can be relied on. */
  async allowMails(): Promise<boolean> {
    return this.areOpen() && !(await this.planAge.now()).isOld;
  }
}
