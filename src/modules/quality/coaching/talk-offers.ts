import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { holdTalks, type HeldTalk } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { stillAhead } from './talk-time.rules.js';
import { TalkWriter } from './talk-writer.js';

/** What follows from an offer: the agent is told, and it is written down. */
@Injectable()
export class TalkOffers {
  constructor(
    private readonly clock: Clock,
    private readonly mails: TalkMails,
    private readonly writer: TalkWriter,
  ) {}

  /** Tells of a talk that has just been made; of one that is prepared nobody is told. */
  async begun(tx: Tx, talkId: number, byPersonId: number): Promise<void> {
    const [talk] = await holdTalks(tx, { sql: 't.id = ?', values: [talkId] });
    if (talk!.state === 'offered') await this.mails.offer(tx, talk!);
    await this.writer.record(tx, `coaching_talk.${talk!.state}`, talk!, byPersonId);
  }

  /** Offers what was prepared, now that the case is before the leader; without its time, when that has gone by. */
  async offer(tx: Tx, talk: HeldTalk): Promise<void> {
    const now = this.clock.now();
    const startsAt = stillAhead(talk.startsAt, now);
    await execute(
      tx,
      "UPDATE coaching_talk SET state = 'offered', startsAt = ?, offeredAt = ?, version = version + 1 WHERE id = ?",
      [startsAt, now, talk.id],
    );
    await this.mails.offer(tx, { ...talk, startsAt });
    await this.writer.record(tx, 'coaching_talk.offered', talk, null);
  }
}
