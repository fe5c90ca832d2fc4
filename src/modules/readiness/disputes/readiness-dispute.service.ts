import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { LeaderMailService } from '../../identity/index.js';

interface Disputing {
  name: string;
  municipalityCode: string;
  leaderId: number | null;
}

/** An agent says "I have done it, but it does not show": the leader looks at it. */
@Injectable()
export class ReadinessDisputeService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly mails: LeaderMailService,
  ) {}

  /** Asks the leader, once a day however often it is said. @throws DomainError `not_found` for one who is not employed */
  async raise(agentId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const agent = await this.find(tx, agentId);
      const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
      await this.mails.queue(tx, {
        template: 'readiness-dispute',
        leaderId: agent.leaderId,
        municipalityCode: agent.municipalityCode,
        variables: { agentName: agent.name, agentUrl: `${this.env.PUBLIC_URL}/agenter/${agentId}` },
        about: { type: 'agent', id: agentId },
        dedupeKey: `readiness-dispute:${agentId}:${today}`,
      });
    });
  }

  private async find(tx: Tx, agentId: number): Promise<Disputing> {
    const [agent] = await selectRows<Disputing>(
      tx,
      `SELECT CONCAT(p.firstName, ' ', p.lastName) AS name, m.municipalityCode, m.leaderId
         FROM agent a JOIN person p ON p.id = a.personId JOIN employment m ON m.openAgentId = a.id WHERE a.id = ?`,
      [agentId],
    );
    if (!agent) throw new DomainError('not_found', 'not_found');
    return agent;
  }
}
