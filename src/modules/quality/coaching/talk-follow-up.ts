import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { nextOfficeInstant } from '../../notifications/index.js';
import { TaskService } from '../../tasks/index.js';
import { holdTalks, type HeldTalk } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { TalkWriter } from './talk-writer.js';

/** The steps of looking after a talk, each in its own unit of work. */
@Injectable()
export class TalkFollowUp {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly writer: TalkWriter,
    private readonly mails: TalkMails,
    private readonly tasks: TaskService,
  ) {}

  /** Asks the coach, in office hours, whether the talk was held. */
  async ask(talkId: number): Promise<void> {
    const notBefore = nextOfficeInstant(this.clock.now(), this.env.TZ_NAME);
    await this.withTalk(talkId, async (tx, talk) => {
      if (talk.state !== 'accepted') return;
      const dedupeKey = `coaching-held:${talkId}:${talk.sequence}`;
      await this.mails.tellCoach(tx, talk, 'asksOutcome', { dedupeKey, notBefore });
    });
  }

  /** Leaves it to the secretariat to find out. */
  async openTask(talkId: number): Promise<void> {
    await this.withTalk(talkId, (tx, talk) =>
      this.tasks.open(tx, {
        kind: 'talk_outcome_missing',
        subjectType: 'coaching_talk',
        subjectId: talkId,
        municipalityCode: talk.agentMunicipalityCode,
        occasion: 1,
      }),
    );
  }

  /** Cancels a talk whose case has ended. */
  async cancel(talkId: number): Promise<void> {
    await this.withTalk(talkId, (tx, talk) =>
      this.writer.end(tx, talk, { state: 'cancelled', byPersonId: null }),
    );
  }

  /** Does nothing when the talk has ended meanwhile. */
  private async withTalk(talkId: number, work: (tx: Tx, talk: HeldTalk) => Promise<void>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [talk] = await holdTalks(tx, { sql: 't.id = ? AND t.openCaseId IS NOT NULL', values: [talkId] });
      if (talk) await work(tx, talk);
    });
  }
}
