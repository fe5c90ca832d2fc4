import { Inject, Injectable, Logger } from '@nestjs/common';
import { ENV, type Env } from '../config/env.js';
import { JobLeases } from './job-leases.js';

/** Runs scheduled work on behalf of the modules: on one instance at a time, and never letting an error reach the timer. */
@Injectable()
export class Background {
  private readonly logger = new Logger('Background');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly leases: JobLeases,
  ) {}

  /** Called by a module's timer; does nothing where background work is switched off. */
  async tick(name: string, everyMs: number, work: () => Promise<void>): Promise<void> {
    if (!this.env.BACKGROUND_WORK) return;
    try {
      await this.leases.runWhenDue(name, everyMs, work);
    } catch (error) {
      // The database may be away for a moment; the next tick tries again.
      this.logger.error({ job: name, error: (error as Error).message });
    }
  }
}
