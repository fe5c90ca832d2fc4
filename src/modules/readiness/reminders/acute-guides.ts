import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { AcuteGuideMail } from './acute-guide.mail.js';
import { AcuteGuideQueries, type AcuteVersion } from './acute-guides.queries.js';

const EVERY_MS = 60_000;
const LOOKED_AT_TOGETHER = 1_000;
/** So many mails in one unit of work: others who write wait no longer than that takes. */
const WRITTEN_TOGETHER = 50;

/** Mails acute guides at once, at any hour, to agents who are on shift now or within a day, for three days after publication. */
@Injectable()
export class AcuteGuides {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly queries: AcuteGuideQueries,
    private readonly mail: AcuteGuideMail,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('acute-guides', EVERY_MS, () => this.run());
  }

  /** Queues every mail that is due; running it twice, here or on another instance, queues none twice. */
  async run(): Promise<void> {
    for (const version of await this.queries.versions(this.clock.now())) await this.tell(version);
  }

  private async tell(version: AcuteVersion): Promise<void> {
    let after = 0;
    for (;;) {
      const near = await this.queries.onShift(version, after, LOOKED_AT_TOGETHER, this.clock.now());
      const last = near.at(-1);
      if (!last) return;
      const readers = await this.queries.unread(version, near);
      for (let from = 0; from < readers.length; from += WRITTEN_TOGETHER)
        await this.mail.queue(version, readers.slice(from, from + WRITTEN_TOGETHER));
      after = last.agentId;
    }
  }
}
