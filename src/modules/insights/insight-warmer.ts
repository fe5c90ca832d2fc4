import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Background } from '../../database/background.js';
import { Definitions } from './definitions.js';
import { INSIGHT_KEYS } from './insight.js';
import { InsightResults } from './results/insight-results.js';

const EVERY_MS = 600_000;

/** Reckons the usual answers once the data have changed, so that nobody has to wait for them. */
@Injectable()
export class InsightWarmer {
  private readonly logger = new Logger('InsightWarmer');

  constructor(
    private readonly background: Background,
    private readonly definitions: Definitions,
    private readonly results: InsightResults,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('insights', EVERY_MS, () => this.run());
  }

  /** Brings all of them up to date; what is still good is left alone. */
  async run(): Promise<void> {
    for (const key of INSIGHT_KEYS)
      try {
        await this.results.of(await this.definitions.usual(key));
      } catch (error) {
        // One that cannot be reckoned must not keep the others from it.
        this.logger.error({ insight: key, error: (error as Error).message });
      }
  }
}
