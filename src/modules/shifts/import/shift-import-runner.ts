import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { ImportWork } from './import-work.js';

const EVERY_MS = 5_000;

/** Works at imports, one after the other, so that several large ones do not fill the memory together. */
@Injectable()
export class ShiftImportRunner {
  private readonly logger = new Logger('ShiftImports');
  private turn: Promise<void> = Promise.resolve();
  private waiting = 0;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly work: ImportWork,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.env.BACKGROUND_WORK && this.waiting === 0) await this.runAll();
  }

  /** Goes on with every import that nobody is at. */
  runAll(): Promise<void> {
    this.waiting += 1;
    this.turn = this.turn.then(() => this.runWaiting()).finally(() => (this.waiting -= 1));
    return this.turn;
  }

  private async runWaiting(): Promise<void> {
    try {
      const waiting = await this.database.select<{ id: number }>(
        `SELECT id FROM shift_import WHERE state IN ('reading', 'comparing', 'committing')
            AND (leaseUntil IS NULL OR leaseUntil < ?) ORDER BY id`,
        [this.clock.now()],
      );
      for (const { id } of waiting) await this.runOne(id);
    } catch (error) {
      this.logger.error({ error: (error as Error).message });
    }
  }

  private async runOne(importId: number): Promise<void> {
    try {
      await this.work.run(importId);
    } catch (error) {
      // The claim ends by itself, and somebody tries again.
      this.logger.error({ import: importId, error: (error as Error).message });
    }
  }
}
