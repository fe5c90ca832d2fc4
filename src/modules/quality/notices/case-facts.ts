import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { selectRows, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { MailReceiver } from '../../notifications/index.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import type { AgentMailState, CaseCircumstances, CaseProgressed } from './case.rules.js';
import type { CaseState } from './case-state.rules.js';
import { StreakCheck } from './streak-check.js';

/** What the mails about a case are found by. */
export const CASE_SUBJECT = 'quality_case';

/** The template of the mail to the agent. */
export const AGENT_TEMPLATE = 'quality-agent';

/** A case with everything that decides what becomes of it, and whom it would be told to. */
export interface KnownCase extends CaseProgressed {
  id: number;
  agentId: number;
  municipalityCode: string;
  version: number;
  circumstances: CaseCircumstances;
  /** The agent. */
  receiver: MailReceiver & { personId: number };
  leaderId: number | null;
}

interface CaseRow {
  id: number;
  agentId: number;
  employmentId: number;
  municipalityCode: string;
  streakFrom: string;
  streakTo: string;
  state: CaseState;
  agentNoticeAt: string | Date;
  agentToldAt: string | Date | null;
  leaderNoticeAt: string | Date | null;
  version: number;
  policyId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  leaderId: number | null;
}

interface MailStateRow {
  state: string;
  toAddress: string;
  sentAt: string | Date | null;
}

/** Reads what decides what becomes of a case. */
@Injectable()
export class CaseFacts {
  constructor(
    private readonly policies: QualityPolicies,
    private readonly streaks: StreakCheck,
  ) {}

  /** The case as it is now; the caller holds its agent. Undefined when there is none. */
  async of(tx: EntityManager, caseId: number): Promise<KnownCase | undefined> {
    const [row] = await selectRows<CaseRow>(
      tx,
      `SELECT c.id, c.agentId, c.employmentId, c.municipalityCode, c.streakFrom, c.streakTo, c.state, c.agentNoticeAt,
              c.agentToldAt, c.leaderNoticeAt, c.version, k.policyId, a.personId, p.firstName, p.email, p.language, m.leaderId
         FROM quality_case c JOIN month_closing k ON k.id = c.closingId JOIN employment m ON m.id = c.employmentId
         JOIN agent a ON a.id = c.agentId JOIN person p ON p.id = a.personId WHERE c.id = ?`,
      [caseId],
    );
    if (!row) return undefined;
    const { personId, firstName, email, language } = row;
    return {
      id: row.id,
      agentId: row.agentId,
      municipalityCode: row.municipalityCode,
      version: row.version,
      state: row.state,
      agentNoticeAt: toInstant(row.agentNoticeAt),
      agentToldAt: toInstantOrNull(row.agentToldAt),
      leaderNoticeAt: toInstantOrNull(row.leaderNoticeAt),
      circumstances: await this.circumstances(tx, row),
      receiver: { personId, firstName, address: email, language },
      leaderId: row.leaderId,
    };
  }

  private async circumstances(tx: EntityManager, row: CaseRow): Promise<CaseCircumstances> {
    const policy = await this.policies.version(row.policyId, tx);
    const streak = await this.streaks.ofEmployed(tx, row, policy);
    return {
      isEmployed: streak !== null,
      isHit: streak?.outcome === 'hit',
      isDisputed: await this.isDisputed(tx, row),
      agentMail: await this.agentMail(tx, row),
      agentFirstDays: policy.agentFirstDays,
    };
  }

  private async isDisputed(tx: EntityManager, { agentId, streakFrom, streakTo }: CaseRow): Promise<boolean> {
    const open = await selectRows(
      tx,
      'SELECT id FROM figure_dispute WHERE openAgentId = ? AND month BETWEEN ? AND ? LIMIT 1',
      [agentId, streakFrom, streakTo],
    );
    return open.length > 0;
  }

  private async agentMail(
    tx: EntityManager,
    { id, email }: CaseRow,
  ): Promise<CaseCircumstances['agentMail']> {
    const [mail] = await selectRows<MailStateRow>(
      tx,
      `SELECT state, toAddress, sentAt FROM mail WHERE aboutType = '${CASE_SUBJECT}' AND aboutId = ? AND template = '${AGENT_TEMPLATE}'
        ORDER BY id DESC LIMIT 1`,
      [id],
    );
    return mail ? { state: stateOf(mail, email), sentAt: toInstantOrNull(mail.sentAt) } : null;
  }
}

/** A mail that could not be delivered to an address that has been put right since will not be tried again: it counts as cancelled. */
function stateOf({ state, toAddress }: MailStateRow, email: string): AgentMailState {
  if (state === 'sent' || state === 'cancelled') return state;
  if (state !== 'failed') return 'on_its_way';
  return toAddress === email ? 'failed' : 'cancelled';
}
