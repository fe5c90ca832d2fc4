import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { ENV, type Env } from '../config/env.js';
import { ExpiredCredentials } from '../modules/identity/index.js';
import { Idempotency } from '../database/idempotency.js';

const HOURLY = 3_600_000;

/** Deletes what has served its time. */
@Injectable()
export class Housekeeping {
  private readonly logger = new Logger('Housekeeping');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly idempotency: Idempotency,
    private readonly credentials: ExpiredCredentials,
  ) {}

  @Interval(HOURLY)
  async tick(): Promise<void> {
    if (!this.env.BACKGROUND_WORK) return;
    try {
      await this.idempotency.purge();
      await this.credentials.purge();
    } catch (error) {
      this.logger.error({ error: (error as Error).message });
    }
  }
}
