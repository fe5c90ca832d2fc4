import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { execute, insertIgnore } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LeaderMailService } from '../../identity/index.js';
import { OutboxService } from '../../notifications/index.js';
import type { AnnouncedVersion, LeaderAsked } from './guide-minutes.queries.js';
import { minutesList } from './guide-minutes.rules.js';
import { guidePath } from './reading-paths.js';

/** The template of the mail; its dedupe key goes on with municipality, leader and day. */
export const MINUTES_TEMPLATE = 'guide-minutes-leader';

/** Tells a leader how many minutes to set aside for reading. */
@Injectable()
export class GuideMinutesMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly leaders: LeaderMailService,
  ) {}

  /** Queues the mail about the versions the leader's agents are asked to read, and notes that the leader knows of them. */
  async queue(
    tx: Tx,
    municipalityCode: string,
    { leaderId, agents }: LeaderAsked,
    versions: readonly AnnouncedVersion[],
  ): Promise<void> {
    const asked = versions.filter(({ versionId }) => agents.has(versionId));
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const list = minutesList(asked.map((one) => ({ ...one, agents: agents.get(one.versionId)! })));
    const order = await this.leaders.order(tx, {
      template: MINUTES_TEMPLATE,
      leaderId,
      municipalityCode,
      variables: {
        ...list,
        guides: list.guides.map((guide) => ({
          ...guide,
          fromOn: localDateOf(guide.from, this.env.TZ_NAME),
          url:
            this.env.PUBLIC_URL + guidePath(asked.find((one) => one.versionId === guide.versionId)!.guideId),
        })),
      },
      dedupeKey: `${MINUTES_TEMPLATE}:${municipalityCode}:${leaderId ?? 0}:${today}`,
      about: { type: 'guide', id: asked[0]!.guideId },
    });
    // Whoever has queued today's mail just now has noted what is in it; the rest is told tomorrow.
    if (order && (await this.outbox.queue(tx, order)) === null) return;
    await execute(
      tx,
      `${insertIgnore(tx)} INTO minutes_notice (versionId, municipalityCode, leaderId, toldAt)
        VALUES ${asked.map(() => '(?, ?, ?, ?)').join(', ')}`,
      asked.flatMap(({ versionId }) => [versionId, municipalityCode, leaderId ?? 0, this.clock.now()]),
    );
  }
}
