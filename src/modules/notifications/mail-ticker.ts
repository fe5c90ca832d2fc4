import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ENV, type Env } from '../../config/env.js';
import { MailDispatcher } from './mail-dispatcher.js';

/** Looks into the outbox once a second, so that what answers an action goes out at once. */
@Injectable()
export class MailTicker {
  private readonly logger = new Logger('Mail');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly dispatcher: MailDispatcher,
  ) {}

  @Interval(1000)
  async tick(): Promise<void> {
    if (!this.env.BACKGROUND_WORK) return;
    try {
      await this.dispatcher.run();
    } catch (error) {
      // The database may be away for a moment; the next tick tries again.
      this.logger.error({ error: (error as Error).message });
    }
  }
}
