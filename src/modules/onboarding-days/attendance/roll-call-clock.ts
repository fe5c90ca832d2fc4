import { Inject, Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Background } from '../../../database/background.js';
import { RollCallTasks } from './roll-call-tasks.js';

const EVERY_MS = 10 * 60_000;

/** Reminds the secretariat, the day after, of a roll call that is not finished. */
@Injectable()
export class RollCallClock {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly tasks: RollCallTasks,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('roll-calls', EVERY_MS, () => this.run());
  }

  /** Opens and closes what is due; running it again does nothing more. */
  async run(): Promise<void> {
    await this.tasks.openFor(localDateOf(this.clock.now(), this.env.TZ_NAME));
    await this.tasks.settleFinished();
  }
}
