import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { allOf, seesAll } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import type { TalkChanges } from './coaching.schemas.js';
import { holdTalks, type HeldTalk } from './held-talks.js';
import { isUnderWay, mayMove } from './talk-state.rules.js';
import { refusePast } from './talk-time.rules.js';
import { workedWith } from './talk-viewer.js';
import { TalkWriter } from './talk-writer.js';

/** Lets the coach and the secretariat fix a talk's time and say what became of it. */
@Injectable()
export class TalkChangesService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly writer: TalkWriter,
  ) {}

  /**
   * Changes what is named, under the version that was read.
   * @throws DomainError `not_found`, `stale_version`, `talk_ended`, `invalid_talk`
   */
  async change(talkId: number, { version, state, ...changes }: TalkChanges, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [talk] = await holdTalks(tx, allOf([{ sql: 't.id = ?', values: [talkId] }, workedWith(by)]));
      if (!talk) throw new DomainError('not_found', 'not_found');
      if (talk.version !== version) throw new DomainError('stale_version', 'conflict');
      const arranged = await this.arrange(tx, talk, changes, by);
      if (state) await this.end(tx, arranged, state, by);
    });
  }

  private async arrange(
    tx: Tx,
    talk: HeldTalk,
    changes: Omit<TalkChanges, 'version' | 'state'>,
    by: Principal,
  ): Promise<HeldTalk> {
    const startsAt = changes.startsAt === undefined ? talk.startsAt : new Date(changes.startsAt);
    const { minutes = talk.minutes, link = talk.link } = changes;
    const isSameTime = startsAt?.getTime() === talk.startsAt?.getTime();
    if (isSameTime && minutes === talk.minutes && link === talk.link) return talk;
    if (!isUnderWay(talk.state)) throw new DomainError('talk_ended', 'conflict');
    if (!isSameTime) refusePast('startsAt', startsAt, this.clock.now());
    return this.writer.arrange(tx, talk, { startsAt, minutes, link }, by.personId);
  }

  private async end(
    tx: Tx,
    talk: HeldTalk,
    state: NonNullable<TalkChanges['state']>,
    by: Principal,
  ): Promise<void> {
    if (!mayMove(talk.state, state))
      throw new DomainError(talk.state === 'prepared' ? 'talk_not_offered' : 'talk_ended', 'conflict');
    if (talk.state === state) return;
    if (!isUnderWay(talk.state)) return this.correct(tx, talk, state, by.personId);
    // A coach who cannot leaves it to the secretariat to find another.
    const opensTask = state === 'cancelled' && !seesAll(by);
    await this.writer.end(tx, talk, { state, byPersonId: by.personId, opensTask });
  }

  /** Held and not held were taken for each other. */
  private async correct(tx: Tx, talk: HeldTalk, state: string, byPersonId: number): Promise<void> {
    await execute(tx, 'UPDATE coaching_talk SET state = ?, version = version + 1 WHERE id = ?', [
      state,
      talk.id,
    ]);
    await this.writer.record(tx, `coaching_talk.${state}`, talk, byPersonId);
  }
}
