import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../database/database.js';
import { selectRows, toInstant, type SqlValue } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import { AGENT_TEMPLATE, CASE_SUBJECT } from './case-facts.js';
import { LEADER_TEMPLATE } from './case-mails.js';
import type { CaseRow } from './case.queries.js';

/** What can have happened in a case. */
export const CASE_EVENTS = [
  'month_closed',
  'agent_mail',
  'agent_told',
  'leader_mail',
  'leader_told',
  'follow_up',
  'disputed',
  'corrected',
  'stands',
  'figure_changed',
  'ended',
] as const;

/** What happened in a case. */
export type CaseEventKind = (typeof CASE_EVENTS)[number];

/** Something that happened in a case. */
export interface CaseEvent {
  at: Date;
  kind: CaseEventKind;
  /** The month it is about. */
  month: Month | null;
  /** How far a mail is. */
  mailState: string | null;
  /** To whom a mail to the leader went. */
  to: string | null;
}

type Happened = Omit<CaseEvent, 'at'> & { at: string | Date };

const NOTHING = { month: null, mailState: null, to: null } as const;

/** Reads what happened in a case: what was sent, said and corrected. */
@Injectable()
export class CaseTimeline {
  constructor(private readonly database: Database) {}

  /** For whoever may see the case, the earliest first. */
  async of(kase: CaseRow, source: EntityManager = this.database.reader.manager): Promise<CaseEvent[]> {
    const mails = await this.mails(source, kase.id);
    const found = [
      { ...NOTHING, at: kase.createdAt, kind: 'month_closed' as const, month: kase.streakTo },
      ...mails,
      ...(await this.followUps(source, kase.id)),
      ...(await this.disputes(source, kase)),
      ...(await this.corrections(source, kase)),
    ];
    const { agentToldAt, leaderToldAt, endedAt } = kase;
    const isMailed = (wanted: CaseEventKind) => mails.some(({ kind }) => kind === wanted);
    // A mail that is kept no longer, or that nobody was there to take.
    if (agentToldAt && !isMailed('agent_mail'))
      found.push({ ...NOTHING, at: agentToldAt, kind: 'agent_told' });
    if (leaderToldAt && !isMailed('leader_mail'))
      found.push({ ...NOTHING, at: leaderToldAt, kind: 'leader_told' });
    if (endedAt) found.push({ ...NOTHING, at: endedAt, kind: 'ended' });
    return found.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  private mails(source: EntityManager, caseId: number): Promise<CaseEvent[]> {
    return this.select(
      source,
      `SELECT COALESCE(k.sentAt, k.createdAt) AS at, CASE k.template WHEN '${AGENT_TEMPLATE}' THEN 'agent_mail' ELSE 'leader_mail' END AS kind,
              NULL AS month, k.state AS mailState,
              CASE WHEN k.template = '${LEADER_TEMPLATE}' THEN CONCAT(p.firstName, ' ', p.lastName) END AS \`to\`
         FROM mail k LEFT JOIN person p ON p.id = k.toPersonId
        WHERE k.aboutType = '${CASE_SUBJECT}' AND k.aboutId = ? AND k.template IN ('${AGENT_TEMPLATE}', '${LEADER_TEMPLATE}')
        ORDER BY k.id`,
      [caseId],
    );
  }

  private followUps(source: EntityManager, caseId: number): Promise<CaseEvent[]> {
    return this.select(
      source,
      `SELECT k.closedAt AS at, 'follow_up' AS kind, x.month, NULL AS mailState, NULL AS \`to\`
         FROM quality_case_month x JOIN month_closing k ON k.id = x.followUpOf WHERE x.caseId = ? ORDER BY x.month`,
      [caseId],
    );
  }

  /** That a figure was doubted, and the answer; not why. */
  private disputes(source: EntityManager, kase: CaseRow): Promise<CaseEvent[]> {
    const months = monthsOf('d', kase.id);
    return this.select(
      source,
      `SELECT d.createdAt AS at, 'disputed' AS kind, d.month, NULL AS mailState, NULL AS \`to\` FROM figure_dispute d
        WHERE d.agentId = ? AND ${months.sql}
        UNION ALL
       SELECT d.answeredAt, d.answer, d.month, NULL, NULL FROM figure_dispute d
        WHERE d.agentId = ? AND ${months.sql} AND d.answeredAt IS NOT NULL`,
      [kase.agentId, ...months.values, kase.agentId, ...months.values],
    );
  }

  private corrections(source: EntityManager, kase: CaseRow): Promise<CaseEvent[]> {
    const months = monthsOf('d', kase.id);
    return this.select(
      source,
      `SELECT d.at, 'figure_changed' AS kind, d.month, NULL AS mailState, NULL AS \`to\` FROM figure_correction d
        WHERE d.agentId = ? AND ${months.sql} AND d.at > ? ORDER BY d.id`,
      [kase.agentId, ...months.values, kase.createdAt],
    );
  }

  private async select(
    source: EntityManager,
    sql: string,
    values: readonly SqlValue[],
  ): Promise<CaseEvent[]> {
    const rows = await selectRows<Happened>(source, sql, values);
    return rows.map((row) => ({ ...row, at: toInstant(row.at) }));
  }
}

/** The months of a case, as a condition on a row with a month. */
function monthsOf(row: string, caseId: number): { sql: string; values: SqlValue[] } {
  return {
    sql: `${row}.month IN (SELECT x.month FROM quality_case_month x WHERE x.caseId = ?)`,
    values: [caseId],
  };
}
