import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import { holdTalks } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { TalkWriter } from './talk-writer.js';

/** What follows from an offer: the agent is told, and it is written down. */
@Injectable()
export class TalkOffers {
  constructor(
    private readonly mails: TalkMails,
    private readonly writer: TalkWriter,
  ) {}

  /** Tells of a talk that has just been made. */
  async tell(tx: Tx, talkId: number, byPersonId: number): Promise<void> {
    const [talk] = await holdTalks(tx, { sql: 't.id = ?', values: [talkId] });
    await this.mails.offer(tx, talk!);
    await this.writer.record(tx, 'coaching_talk.offered', talk!, byPersonId);
  }
}
