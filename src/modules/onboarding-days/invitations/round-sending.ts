import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { InvitationDays, type InvitedDay } from './invitation-days.js';
import type { LedAgent } from './invitation.queries.js';
import { RoundLeaders, type AskedLeader, type Unmanned } from './round-leaders.js';
import { RoundMail, type AskedRound } from './round.mail.js';

/** What a round will do, before it does it. */
export interface RoundPreview {
  asked: AskedLeader[];
  unmanned: Unmanned[];
  /** The mail to the first of them. */
  mail: { subject: string; text: string } | null;
}

/** Asks the leaders of a round, and tells beforehand who is asked and how. */
@Injectable()
export class RoundSending {
  constructor(
    private readonly database: Database,
    readonly days: InvitationDays,
    private readonly leaders: RoundLeaders,
    private readonly mail: RoundMail,
  ) {}

  /** Who would be asked about the agents, and by which mail. */
  async preview(day: InvitedDay, answerBy: LocalDate, agents: readonly LedAgent[]): Promise<RoundPreview> {
    const leaders = await this.leaders.of(this.database.reader.manager, agents);
    const [first] = leaders.asked;
    return { ...leaders, mail: first ? this.mail.preview({ id: null, answerBy, day }, first) : null };
  }

  /** Asks about the agents: one mail to each leader. */
  async ask(tx: Tx, round: AskedRound & { id: number }, agents: readonly LedAgent[]): Promise<void> {
    await this.mail.ask(tx, round, await this.leaders.of(tx, agents), false);
  }

  /** Asks once more, only those whom `mayBeAsked` tells. Gives how many. */
  async askAgain(
    tx: Tx,
    round: AskedRound & { id: number },
    agents: readonly LedAgent[],
    mayBeAsked: (personId: number) => boolean,
  ): Promise<number> {
    const { asked } = await this.leaders.of(tx, agents);
    const again = asked.filter(({ to }) => mayBeAsked(to.personId));
    return this.mail.ask(tx, round, { asked: again, unmanned: [] }, true);
  }
}
