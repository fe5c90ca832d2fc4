import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute, placeholders } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { GuideMinutesMail } from './guide-minutes.mail.js';
import { GuideMinutesQueries, type AnnouncedVersion } from './guide-minutes.queries.js';

/** Tells the leaders of one municipality after the other how much time to set aside, and notes when all know. */
@Injectable()
export class GuideAnnouncements {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: GuideMinutesQueries,
    private readonly mail: GuideMinutesMail,
  ) {}

  /**
   * Tells the leaders of a municipality, all in one unit of work; gives the versions that have to wait, because a leader has had a mail
   * today. With the last municipality the others are noted as told.
   */
  tell(
    municipalityCode: string,
    versions: readonly AnnouncedVersion[],
    waiting: ReadonlySet<number>,
    isLast: boolean,
  ): Promise<Set<number>> {
    return this.unitOfWork.run(async (tx) => {
      const late = new Set(waiting);
      const ids = versions.map(({ versionId }) => versionId);
      for (const leader of await this.queries.asked(tx, municipalityCode, ids, this.clock.now()))
        if (leader.wasToldToday) for (const id of leader.agents.keys()) late.add(id);
        else await this.mail.queue(tx, municipalityCode, leader, versions);
      const told = ids.filter((id) => !late.has(id));
      if (isLast && told.length > 0)
        await execute(
          tx,
          `UPDATE guide_version SET announcedAt = ?
            WHERE announcedAt IS NULL AND spreadAt IS NOT NULL AND id IN (${placeholders(told)})`,
          [this.clock.now(), ...told],
        );
      return late;
    });
  }
}
