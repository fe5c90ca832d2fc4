import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { MailRenderer, OutboxService, type MailOrder } from '../../notifications/index.js';
import { TaskService } from '../../tasks/index.js';
import type { AskedLeader, Unmanned } from './round-leaders.js';
import type { ToldDay } from '../told-days.js';

/** What leaders are asked about. */
export interface AskedRound {
  /** Null in a preview. */
  id: number | null;
  answerBy: LocalDate;
  day: ToldDay;
}

/** The template of the mail to leaders. */
export const ROUND_TEMPLATE = 'onboarding-round';

/** The mail that asks a leader who may go. It answers an action of the secretariat and so goes out at once. */
@Injectable()
export class RoundMail {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly renderer: MailRenderer,
    private readonly tasks: TaskService,
  ) {}

  /** The mail as the leader will read it. */
  preview(round: AskedRound, leader: AskedLeader): { subject: string; text: string } {
    return this.renderer.render(this.order(round, leader, false));
  }

  /** Asks each leader once; what nobody is there to read becomes a task. Tells how many are asked. */
  async ask(
    tx: Tx,
    round: AskedRound & { id: number },
    { asked, unmanned }: { asked: readonly AskedLeader[]; unmanned: readonly Unmanned[] },
    isReminder: boolean,
  ): Promise<number> {
    for (const leader of asked) await this.outbox.queue(tx, this.order(round, leader, isReminder));
    for (const { municipalityCode } of unmanned)
      await this.tasks.open(tx, {
        kind: 'leader_missing',
        subjectType: 'invitation_round',
        subjectId: round.id,
        municipalityCode,
        occasion: `${ROUND_TEMPLATE}:${round.id}:${municipalityCode}`,
      });
    return asked.length;
  }

  private order(
    { id, answerBy, day }: AskedRound,
    { to, count, insteadOf, asDeputy }: AskedLeader,
    isReminder: boolean,
  ): MailOrder {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return {
      template: ROUND_TEMPLATE,
      to,
      variables: {
        count,
        day,
        answerBy,
        isReminder,
        insteadOf,
        asDeputy,
        url: `${this.env.PUBLIC_URL}/onboardingdage/runder/${id ?? '…'}`,
      },
      ...(id !== null && {
        about: { type: 'invitation_round', id },
        dedupeKey: `${ROUND_TEMPLATE}:${id}:${to.personId}:${isReminder ? today : 'first'}`,
      }),
    };
  }
}
