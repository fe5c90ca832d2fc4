import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { PlanStore } from '../import/files/plan-store.js';
import { ShiftImportRunner } from '../import/shift-import-runner.js';
import { FetchedPlan } from './fetched-plan.js';

const HOURLY = 3_600_000;
const TICK_MS = 60_000;

/** Fetches the plan every hour. */
@Injectable()
export class PlanFeed {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly store: PlanStore,
    private readonly fetched: FetchedPlan,
    private readonly runner: ShiftImportRunner,
  ) {}

  @Interval(TICK_MS)
  async tick(): Promise<void> {
    await this.background.tick('shift-plan', HOURLY, () => this.run());
  }

  /** Fetches once, if there is something to fetch, and writes what is harmless. */
  async run(): Promise<void> {
    await this.store.sweep(this.clock.now());
    if (await this.fetched.take()) await this.runner.runAll();
  }

  /** The same for somebody who waits for the answer: what was fetched is written meanwhile. */
  async fetchNow(): Promise<void> {
    if (await this.fetched.take()) void this.runner.runAll();
  }
}
