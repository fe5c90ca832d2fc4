import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { LeaderMailService } from '../identity/index.js';
import { Undeliverable, type UndeliverableMail } from '../notifications/index.js';
import { TaskService } from '../tasks/index.js';

/** Mails of these kinds are about the address of an agent, whose leader can put it right. */
const TO_AGENTS = ['welcome', 'elearning-reminder', 'elearning-retake-reminder', 'personal-link'];

/** Makes a task of every mail that nobody will get, and tells the leader when an agent's address is wrong. */
@Injectable()
export class UndeliverableService implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly undeliverable: Undeliverable,
    private readonly tasks: TaskService,
    private readonly mails: LeaderMailService,
  ) {}

  onModuleInit(): void {
    this.undeliverable.onGivenUp((tx, mail) => this.followUp(tx, mail));
  }

  private async followUp(tx: Tx, mail: UndeliverableMail): Promise<void> {
    const [agent] =
      mail.toPersonId === null
        ? []
        : await selectRows<{
            agentId: number;
            municipalityCode: string;
            leaderId: number | null;
            name: string;
          }>(
            tx,
            `SELECT a.id AS agentId, m.municipalityCode, m.leaderId, CONCAT(p.firstName, ' ', p.lastName) AS name
         FROM agent a JOIN employment m ON m.openAgentId = a.id JOIN person p ON p.id = a.personId WHERE a.personId = ?`,
            [mail.toPersonId],
          );
    await this.tasks.open(tx, {
      kind: 'mail_failed',
      subjectType: 'mail',
      subjectId: mail.id,
      municipalityCode: agent?.municipalityCode ?? null,
      occasion: 1,
    });
    if (!agent || !TO_AGENTS.includes(mail.template)) return;
    await this.mails.queue(tx, {
      template: 'mail-undeliverable',
      leaderId: agent.leaderId,
      municipalityCode: agent.municipalityCode,
      variables: { agentName: agent.name, agentUrl: `${this.env.PUBLIC_URL}/agenter/${agent.agentId}/ret` },
      about: { type: 'agent', id: agent.agentId },
      dedupeKey: `mail-undeliverable:${mail.id}`,
    });
  }
}
