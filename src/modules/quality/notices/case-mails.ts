import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { LeaderMailService } from '../../identity/index.js';
import { MailReasons, OutboxService } from '../../notifications/index.js';
import { AGENT_TEMPLATE, CASE_SUBJECT, type KnownCase } from './case-facts.js';
import type { CaseState } from './case-state.rules.js';

/** The template of the mail to the leader. */
export const LEADER_TEMPLATE = 'quality-leader';

/** Where an agent sees the own figures. */
export const OWN_FIGURES_PATH = '/mit/tal';

/** Where a case is seen. */
export const casePath = (caseId: number): string => `/kvalitet/sager/${caseId}`;

/** While a case is in one of these, its mail may go out. */
const REASONS: Record<string, readonly CaseState[]> = {
  [AGENT_TEMPLATE]: ['with_agent', 'held', 'notified'],
  [LEADER_TEMPLATE]: ['notified'],
};

/** Queues the mails of a notice. They say that there is something to see, and nothing of what: no name, no figure, no reason. */
@Injectable()
export class CaseMails implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly outbox: OutboxService,
    private readonly leaders: LeaderMailService,
    private readonly reasons: MailReasons,
  ) {}

  onModuleInit(): void {
    for (const [template, states] of Object.entries(REASONS))
      this.reasons.register(template, (caseId) => this.isIn(caseId, states));
  }

  /** To the agent; once more only when the one before was never sent. */
  async toAgent(tx: Tx, { id, receiver, circumstances }: KnownCase): Promise<void> {
    await this.outbox.queue(tx, {
      template: AGENT_TEMPLATE,
      to: receiver,
      variables: {
        url: this.env.PUBLIC_URL + OWN_FIGURES_PATH,
        seesFirst: circumstances.agentFirstDays > 0,
      },
      dedupeKey: await this.freeKey(tx, id),
      about: { type: CASE_SUBJECT, id },
    });
  }

  /** To the leader, or whoever is there in the leader's place; a task when nobody is. */
  async toLeader(tx: Tx, { id, leaderId, municipalityCode, circumstances }: KnownCase): Promise<void> {
    await this.leaders.queue(tx, {
      template: LEADER_TEMPLATE,
      leaderId,
      municipalityCode,
      variables: {
        url: this.env.PUBLIC_URL + casePath(id),
        sawFirst: circumstances.agentFirstDays > 0,
      },
      dedupeKey: `${LEADER_TEMPLATE}:${id}`,
      about: { type: CASE_SUBJECT, id },
    });
  }

  /** Cancels what has not gone out about a case that is over. */
  async cancel(tx: Tx, caseId: number): Promise<void> {
    for (const template of Object.keys(REASONS))
      await this.outbox.cancelAbout(tx, template, { type: CASE_SUBJECT, id: caseId });
  }

  private async freeKey(tx: Tx, caseId: number): Promise<string> {
    const before = await selectRows(
      tx,
      'SELECT id FROM mail WHERE aboutType = ? AND aboutId = ? AND template = ?',
      [CASE_SUBJECT, caseId, AGENT_TEMPLATE],
    );
    return before.length === 0
      ? `${AGENT_TEMPLATE}:${caseId}`
      : `${AGENT_TEMPLATE}:${caseId}:${before.length}`;
  }

  private async isIn(caseId: number, states: readonly CaseState[]): Promise<boolean> {
    const row = await this.database.selectOne<{ state: CaseState }>(
      'SELECT state FROM quality_case WHERE id = ?',
      [caseId],
    );
    return row !== undefined && states.includes(row.state);
  }
}
