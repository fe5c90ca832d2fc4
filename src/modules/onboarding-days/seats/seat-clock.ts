import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { SeatClockQueries } from './seat-clock.queries.js';
import { SeatClockSteps } from './seat-clock-steps.js';

const EVERY_MS = 10 * 60_000;
const DAILY_MS = 24 * 3_600_000;
/** So many agents in one unit of work: a leader gets one mail for all of them, and the days are not held for long. */
const TOGETHER = 50;

/** Does what a day that has come means for seats: waiting lists close, and places beyond an employment are given on. */
@Injectable()
export class SeatClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: SeatClockQueries,
    private readonly steps: SeatClockSteps,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('seats', EVERY_MS, () => this.run());
    await this.background.tick('seats-overlooked', DAILY_MS, () => this.seatOverlooked());
  }

  /** Gives new agents a seat who were registered before Vagtklar gave any; they are told. */
  async seatOverlooked(): Promise<void> {
    const all = await this.queries.overlooked();
    for (let from = 0; from < all.length; from += TOGETHER)
      await this.unitOfWork.run((tx) => this.steps.seat(tx, all.slice(from, from + TOGETHER)));
  }

  /** Does everything that is due; running it again does nothing more. */
  async run(): Promise<void> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    for (const dayId of await this.queries.staleLines(today))
      await this.unitOfWork.run((tx) => this.steps.closeLine(tx, dayId));
    const misfits = await this.queries.misfits(today);
    for (let from = 0; from < misfits.length; from += TOGETHER)
      await this.unitOfWork.run((tx) => this.steps.refit(tx, misfits.slice(from, from + TOGETHER)));
    if (await this.queries.isSeatWaitedFor(today))
      await this.unitOfWork.run((tx) => this.steps.refit(tx, []));
  }
}
