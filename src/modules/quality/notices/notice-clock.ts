import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import { CaseProgress } from './case-progress.js';
import { isOfficeTime } from './working-days.rules.js';

const EVERY_MS = 5 * 60_000;

/** Carries cases on when their time has come, in office hours. */
@Injectable()
export class NoticeClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly progress: CaseProgress,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('quality-notices', EVERY_MS, () => this.run());
  }

  /** Does what is due; twice, here or on another server, does nothing more. */
  async run(): Promise<void> {
    for (const caseId of await this.due()) {
      if (!isOfficeTime(this.clock.now(), this.env.TZ_NAME)) return;
      await this.progress.advance(caseId);
    }
  }

  /** Cases whose time has come, and those of which something around may have changed: few, since each stays so for some days. */
  private async due(): Promise<number[]> {
    const rows = await this.database.select<{ id: number }>(
      `SELECT id FROM quality_case WHERE state IN ('pending', 'with_agent', 'held') AND agentNoticeAt <= ? ORDER BY id`,
      [this.clock.now()],
    );
    return rows.map(({ id }) => id);
  }
}
