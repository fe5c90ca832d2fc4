import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Background } from '../database/background.js';
import { Idempotency } from '../database/idempotency.js';
import { ExpiredCredentials } from '../modules/identity/index.js';

const HOURLY = 3_600_000;

/** Deletes what nobody can use any more: remembered answers and expired links and sessions. */
@Injectable()
export class Housekeeping {
  constructor(
    private readonly background: Background,
    private readonly idempotency: Idempotency,
    private readonly credentials: ExpiredCredentials,
  ) {}

  @Interval(HOURLY)
  async tick(): Promise<void> {
    await this.background.tick('housekeeping', HOURLY, async () => {
      await this.idempotency.purge();
      await this.credentials.purge();
    });
  }
}
