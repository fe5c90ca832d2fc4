import { Injectable, type OnModuleInit } from '@nestjs/common';
import { selectRows } from '../../../database/sql.js';
import { Database } from '../../../database/database.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LinkService } from '../../identity/index.js';
import { MailReasons, OutboxService } from '../../notifications/index.js';
import { InvitationDays, type InvitedDay } from './invitation-days.js';
import { InvitationQueries, type InviteeRow } from './invitation.queries.js';
import { mayAgentAnswer } from './invitation.rules.js';

const TEMPLATE = 'onboarding-invitation';

/** The invitation to an agent whose leader has said yes. */
@Injectable()
export class InvitationMail implements OnModuleInit {
  constructor(
    private readonly database: Database,
    readonly days: InvitationDays,
    private readonly queries: InvitationQueries,
    private readonly outbox: OutboxService,
    private readonly links: LinkService,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    this.reasons.register(TEMPLATE, (inviteeId) => this.isCalledFor(inviteeId));
  }

  /** Queues it, unless one is on its way or was sent: the leader may take a yes back and give it again. */
  async queue(tx: Tx, invitee: InviteeRow, day: InvitedDay, now: Date): Promise<void> {
    const { id, personId, firstName, email, language } = invitee;
    const [known] = await selectRows(
      tx,
      `SELECT id FROM mail WHERE aboutType = 'invitee' AND aboutId = ? AND template = '${TEMPLATE}'
          AND state NOT IN ('cancelled', 'failed')`,
      [id],
    );
    if (known) return;
    await this.outbox.queue(tx, {
      template: TEMPLATE,
      to: { personId, firstName, address: email, language },
      variables: { day },
      secretLinks: { link: await this.links.issue(tx, personId, 'personal') },
      dedupeKey: `${TEMPLATE}:${id}:${now.getTime()}`,
      about: { type: 'invitee', id },
    });
  }

  private async isCalledFor(inviteeId: number): Promise<boolean> {
    const row = await this.database.selectOne<{ agentId: number; dayId: number }>(
      'SELECT i.agentId, r.dayId FROM invitee i JOIN invitation_round r ON r.id = i.roundId WHERE i.id = ?',
      [inviteeId],
    );
    if (!row) return false;
    const invitee = (await this.queries.ofAgent(row.agentId)).find(({ id }) => id === inviteeId)!;
    const day = await this.days.find(row.dayId);
    return invitee.state === 'agent_waiting' && mayAgentAnswer(invitee, day, this.days.today());
  }
}
