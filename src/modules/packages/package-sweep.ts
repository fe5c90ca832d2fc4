import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { Background } from '../../database/background.js';
import { PackageStore } from './package-store.js';

const HOURLY = 3_600_000;

/** Clears, once an hour, what broken uploads have left in the content folder. */
@Injectable()
export class PackageSweep {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly store: PackageStore,
  ) {}

  @Interval(HOURLY)
  async tick(): Promise<void> {
    await this.background.tick('package-sweep', HOURLY, async () => {
      await this.store.sweep(this.clock.now());
    });
  }
}
