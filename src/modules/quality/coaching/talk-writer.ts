import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { TaskService } from '../../tasks/index.js';
import type { HeldTalk } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { isBooked, type TalkMove } from './talk-state.rules.js';

/** How a talk comes to its end. */
export interface TalkEnd {
  state: Exclude<TalkMove, 'accepted'>;
  /** Null when it ends by itself. */
  byPersonId: number | null;
  /** Whether the secretariat is to look whether there should be another one. */
  opensTask?: boolean;
}

/** Writes talks that are held, and tells those concerned; always inside somebody else's unit of work. */
@Injectable()
export class TalkWriter {
  constructor(
    private readonly clock: Clock,
    private readonly mails: TalkMails,
    private readonly tasks: TaskService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Ends a talk that is under way. One that will not take place is taken out of the calendars; the coach is told of it only if
   * the agent had said yes, for before that the coach knows of nothing.
   */
  async end(tx: Tx, talk: HeldTalk, { state, byPersonId, opensTask = false }: TalkEnd): Promise<void> {
    const takesPlace = state === 'held' || state === 'not_held';
    const sequence = takesPlace ? talk.sequence : talk.sequence + 1;
    await execute(
      tx,
      `UPDATE coaching_talk SET state = ?, openCaseId = NULL, endedAt = ?, sequence = ?, version = version + 1 WHERE id = ?`,
      [state, this.clock.now(), sequence, talk.id],
    );
    await execute(tx, 'DELETE FROM coaching_time WHERE talkId = ?', [talk.id]);
    await this.tasks.settle(tx, 'talk_outcome_missing', 'coaching_talk', talk.id);
    const wasBooked = isBooked(talk);
    if (!takesPlace)
      await this.mails.cancelled(
        tx,
        { ...talk, sequence },
        {
          agent: talk.state !== 'prepared' && (state === 'cancelled' || wasBooked),
          coach: talk.state === 'accepted',
          wasBooked,
        },
      );
    if (opensTask) await this.openTask(tx, talk);
    await this.record(tx, `coaching_talk.${state}`, talk, byPersonId);
  }

  /** Puts a time, a length or an address in place of those there are; what stands in calendars is told to both. Gives it as it is now. */
  async arrange(
    tx: Tx,
    talk: HeldTalk,
    { startsAt, minutes, link }: Pick<HeldTalk, 'startsAt' | 'minutes' | 'link'>,
    byPersonId: number,
  ): Promise<HeldTalk> {
    const wasBooked = isBooked(talk);
    const sequence = wasBooked ? talk.sequence + 1 : talk.sequence;
    await execute(
      tx,
      'UPDATE coaching_talk SET startsAt = ?, minutes = ?, link = ?, sequence = ?, version = version + 1 WHERE id = ?',
      [startsAt, minutes, link, sequence, talk.id],
    );
    // What was proposed is settled by a time.
    if (startsAt) await execute(tx, 'DELETE FROM coaching_time WHERE talkId = ?', [talk.id]);
    const arranged = { ...talk, startsAt, minutes, link, sequence };
    if (isBooked(arranged)) await this.mails.booked(tx, arranged, { isChange: wasBooked });
    await this.record(tx, 'coaching_talk.arranged', talk, byPersonId);
    return arranged;
  }

  /** Notes what was done with a talk, under the agent, who is told of it in the own data export. */
  record(tx: Tx, action: string, { id, agentId }: HeldTalk, actorPersonId: number | null): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId,
      action,
      subjectType: 'agent',
      subjectId: agentId,
      detail: { talk: id },
    });
  }

  private openTask(tx: Tx, { id, agentMunicipalityCode }: HeldTalk): Promise<void> {
    return this.tasks.open(tx, {
      kind: 'talk_cancelled',
      subjectType: 'coaching_talk',
      subjectId: id,
      municipalityCode: agentMunicipalityCode,
      occasion: 1,
    });
  }
}
