import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { holdTalks } from './held-talks.js';
import { TalkOffers } from './talk-offers.js';

/** Offers the talks that were prepared before the leader had been told, once that has happened. */
@Injectable()
export class PreparedTalks {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly offers: TalkOffers,
  ) {}

  /** Each in its own unit of work; running it again offers nothing twice. */
  async run(): Promise<void> {
    const due = await this.database.select<{ id: number }>(
      `SELECT t.id FROM coaching_talk t JOIN quality_case c ON c.id = t.caseId
        WHERE t.state = 'prepared' AND c.state = 'notified' ORDER BY t.id`,
    );
    for (const { id } of due)
      await this.unitOfWork.run(async (tx) => {
        const [talk] = await holdTalks(tx, { sql: "t.id = ? AND t.state = 'prepared'", values: [id] });
        if (talk) await this.offers.offer(tx, talk);
      });
  }
}
