import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { allOf } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { CoachingTime } from '../entities/coaching-time.entity.js';
import { holdTalks, type HeldTalk } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { isBooked, isUnderWay, mayMove } from './talk-state.rules.js';
import { proposedTimes, stillAhead } from './talk-time.rules.js';
import { offeredTo } from './talk-viewer.js';
import { TalkWriter } from './talk-writer.js';

/** What an agent answers to an offer; no reason is asked for. */
export interface TalkAnswer {
  answer: 'accept' | 'decline';
  /** Times that would suit the agent, with a yes. */
  times?: Date[] | undefined;
}

/** Takes the agent's answer to an offer. */
@Injectable()
export class TalkAnswerService {
  constructor(
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly writer: TalkWriter,
    private readonly mails: TalkMails,
  ) {}

  /**
   * Says yes, proposes times with it, or says no; a yes may still become a no.
   * @throws DomainError `not_found`, `talk_ended`, `invalid_talk`
   */
  async answer(
    talkId: number,
    { answer, times = [] }: TalkAnswer,
    by: Principal,
    call: IdempotentCall,
  ): Promise<void> {
    await this.idempotency.run(call, async (tx) => {
      const talk = await this.hold(tx, talkId, by);
      const state = answer === 'accept' ? 'accepted' : 'declined';
      if (!mayMove(talk.state, state)) throw new DomainError('talk_ended', 'conflict');
      if (!isUnderWay(talk.state)) return;
      if (state === 'declined') await this.writer.end(tx, talk, { state, byPersonId: by.personId });
      else await this.accept(tx, talk, proposedTimes(times, this.clock.now()), by.personId);
    });
  }

  private async hold(tx: Tx, talkId: number, by: Principal): Promise<HeldTalk> {
    const [talk] = await holdTalks(tx, allOf([{ sql: 't.id = ?', values: [talkId] }, offeredTo(by)]));
    if (!talk) throw new DomainError('not_found', 'not_found');
    return talk;
  }

  /** A yes to the time that was offered books it, if it lies ahead; with other times nothing is booked until one of them is chosen. */
  private async accept(tx: Tx, talk: HeldTalk, times: Date[], byPersonId: number): Promise<void> {
    const wasAccepted = talk.state === 'accepted';
    if (wasAccepted && times.length === 0) return;
    const offered = times.length > 0 ? null : stillAhead(talk.startsAt, this.clock.now());
    const startsAt = wasAccepted ? talk.startsAt : offered;
    await execute(
      tx,
      "UPDATE coaching_talk SET state = 'accepted', startsAt = ?, version = version + 1 WHERE id = ?",
      [startsAt, talk.id],
    );
    await this.propose(tx, talk.id, times);
    const accepted: HeldTalk = { ...talk, state: 'accepted', startsAt };
    if (!wasAccepted && isBooked(accepted)) await this.mails.booked(tx, accepted, { isChange: false });
    else await this.mails.tellCoach(tx, accepted, wasAccepted ? 'otherTimes' : 'accepted');
    await this.writer.record(
      tx,
      wasAccepted ? 'coaching_talk.times_proposed' : 'coaching_talk.accepted',
      talk,
      byPersonId,
    );
  }

  private async propose(tx: Tx, talkId: number, times: readonly Date[]): Promise<void> {
    await execute(tx, 'DELETE FROM coaching_time WHERE talkId = ?', [talkId]);
    if (times.length === 0) return;
    const createdAt = this.clock.now();
    await insertRows<CoachingTime>(
      tx,
      'coaching_time',
      times.map((startsAt) => ({ talkId, startsAt, createdAt })),
    );
  }
}
