import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AgentLifecycle } from '../../agents/index.js';
import { UserLifecycle } from '../../identity/index.js';
import { CoachQueries } from './coach.queries.js';
import { coachFault, type CoachedAgent } from './coach.rules.js';
import { holdTalks, type HeldTalk } from './held-talks.js';
import { TalkMails } from './talk-mails.js';
import { isBooked } from './talk-state.rules.js';
import { TalkWriter } from './talk-writer.js';

/**
 * Cancels talks that have become impossible, in the unit of work that made them so: the agent has left or moved, which ends the
 * case too, or the coach no longer is one, or has come to the agent's municipality. Whoever offers a talk holds the agent and the
 * coaches, so that one of the two comes first and the other sees it.
 */
@Injectable()
export class TalkWatch implements OnModuleInit {
  constructor(
    private readonly lifecycle: AgentLifecycle,
    private readonly users: UserLifecycle,
    private readonly coaches: CoachQueries,
    private readonly writer: TalkWriter,
    private readonly mails: TalkMails,
  ) {}

  onModuleInit(): void {
    // After those who cancel the mails that are under way.
    this.lifecycle.listen(20, {
      // A coach who takes calls too may begin to take them where the agent is.
      joined: async (tx, { personId, isNew }) => {
        if (!isNew) await this.coachChanged(tx, personId);
      },
      departed: (tx, { agentId }) => this.agentGone(tx, agentId),
      moved: async (tx, { agentId, personId }) => {
        await this.agentGone(tx, agentId);
        await this.coachChanged(tx, personId);
      },
      emailChanged: (tx, { agentId }) => this.tellAnew(tx, agentId),
    });
    this.users.onChanged((tx, personId) => this.coachChanged(tx, personId));
  }

  /** Looks anew at the talks of somebody whose grant, roles, municipality or employment have changed. */
  async coachChanged(tx: Tx, personId: number): Promise<void> {
    const talks = await holdTalks(tx, {
      sql: 't.coachPersonId = ? AND t.openCaseId IS NOT NULL',
      values: [personId],
    });
    if (talks.length === 0) return;
    const coach = (await this.coaches.all(tx)).find((one) => one.personId === personId);
    for (const talk of talks) {
      const agent = await this.agentOf(tx, talk);
      if (!coach || !agent || coachFault(coach, agent)) await this.cancel(tx, talk);
      else
        await execute(tx, 'UPDATE coaching_talk SET coachMunicipalityCode = ? WHERE id = ?', [
          coach.municipalityCode,
          talk.id,
        ]);
    }
  }

  private async agentGone(tx: Tx, agentId: number): Promise<void> {
    for (const talk of await this.underWay(tx, agentId)) await this.cancel(tx, talk);
  }

  /** What was mailed to a wrong address is mailed to the right one. */
  private async tellAnew(tx: Tx, agentId: number): Promise<void> {
    for (const talk of await this.underWay(tx, agentId))
      if (talk.state === 'offered') await this.mails.offer(tx, talk);
      else if (isBooked(talk)) await this.mails.booked(tx, talk, { isChange: false });
  }

  private underWay(tx: Tx, agentId: number): Promise<HeldTalk[]> {
    return holdTalks(tx, { sql: 't.agentId = ? AND t.openCaseId IS NOT NULL', values: [agentId] });
  }

  private cancel(tx: Tx, talk: HeldTalk): Promise<void> {
    return this.writer.end(tx, talk, { state: 'cancelled', byPersonId: null, opensTask: true });
  }

  private async agentOf(tx: Tx, { agentId }: HeldTalk): Promise<CoachedAgent | undefined> {
    const [agent] = await selectRows<CoachedAgent>(
      tx,
      `SELECT a.personId, m.municipalityCode, m.leaderId
         FROM agent a JOIN employment m ON m.openAgentId = a.id WHERE a.id = ?`,
      [agentId],
    );
    return agent;
  }
}
