import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, type Condition } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { placeholders, selectRows } from '../../../database/sql.js';
import { addMonths, type Month } from '../month.rules.js';
import type { FigureHistory, QualityPolicy } from '../streak.rules.js';
import { isBelowIn, isNotBelowIn } from './figure.conditions.js';
import { asHistories, type HistoryRow } from './history-rows.js';

/** So far back a streak is looked for. */
export const HISTORY_MONTHS = 36;

/** So many agents are asked about in one statement. */
const AT_ONCE = 500;

/** The first and the last month that are looked at. */
type Span = readonly [Month, Month];

/** The period in which an agent works now. */
export interface OpenPeriod {
  id: number;
  municipalityCode: string;
  leaderId: number | null;
  startOn: LocalDate;
  endOn: LocalDate | null;
}

/** An agent with what the rule asks. */
export interface AgentHistory {
  agentId: number;
  personId: number;
  name: string;
  sortKey: string;
  /** Null for somebody who has left. */
  employment: OpenPeriod | null;
  history: FigureHistory;
}

/**
 * Reads what the rule asks of agents, some hundred in one statement. The period of a history is that of the present employment,
 * cut off where the agreement with the municipality lets figures begin: without an agreement no month counts.
 */
@Injectable()
export class FigureHistories {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  /**
   * The histories up to a month.
   * @param agentIds whose; without it those for whom the month may lead to something: who work here and are below in the month
   */
  async of(
    source: EntityManager,
    month: Month,
    policy: QualityPolicy,
    agentIds?: readonly number[],
  ): Promise<AgentHistory[]> {
    const from = firstMonthOf(month, policy);
    const imported = await this.imported(source, from, month);
    const rows = agentIds
      ? await this.ofAgents(source, [from, month], agentIds)
      : await this.ofCandidates(source, [from, month], policy);
    return asHistories(rows, imported, { from, today: this.today() });
  }

  /** The months that have been imported, of those between two. */
  async imported(source: EntityManager, from: Month, to: Month): Promise<Set<Month>> {
    const rows = await selectRows<{ month: Month }>(
      source,
      'SELECT month FROM resolution_month WHERE month BETWEEN ? AND ?',
      [from, to],
    );
    return new Set(rows.map((row) => row.month));
  }

  private async ofAgents(source: EntityManager, months: Span, agentIds: readonly number[]) {
    const rows: HistoryRow[] = [];
    for (let start = 0; start < agentIds.length; start += AT_ONCE) {
      const some = agentIds.slice(start, start + AT_ONCE);
      const those = { sql: `a.id IN (${placeholders(some)})`, values: some };
      rows.push(...(await this.read(source, { sql: 'agent a', values: [] }, months, [those])));
    }
    return rows;
  }

  private ofCandidates(
    source: EntityManager,
    [from, month]: Span,
    policy: QualityPolicy,
  ): Promise<HistoryRow[]> {
    const below = isBelowIn('f', policy);
    const good = isNotBelowIn('x', policy);
    // The last month that was not below ends every streak: nothing before it is asked for.
    const sql = `(SELECT f.agentId, (SELECT MAX(x.month) FROM resolution_figure x
             WHERE x.agentId = f.agentId AND x.month >= ? AND x.month < ? AND ${good.sql}) AS since
        FROM resolution_figure f WHERE f.month = ? AND ${below.sql}) c JOIN agent a ON a.id = c.agentId`;
    const candidates = { sql, values: [from, month, ...good.values, month, ...below.values] };
    return this.read(
      source,
      candidates,
      [from, month],
      [
        { sql: 'm.id IS NOT NULL', values: [] },
        { sql: 'c.since IS NULL OR h.month >= c.since', values: [] },
      ],
    );
  }

  private read(
    source: EntityManager,
    agents: Condition,
    months: Span,
    conditions: readonly (Condition | undefined)[],
  ): Promise<HistoryRow[]> {
    const where = allOf(conditions);
    return selectRows<HistoryRow>(
      source,
      `SELECT a.id AS agentId, a.personId, p.firstName, p.lastName, p.nameSortKey, m.id AS employmentId, m.municipalityCode,
              m.leaderId, m.startOn, m.endOn, g.figuresFrom, h.month, h.answered, h.resolved, h.warmTransferred
         FROM ${agents.sql}
         JOIN person p ON p.id = a.personId
         LEFT JOIN employment m ON m.openAgentId = a.id
         LEFT JOIN figures_agreement g ON g.municipalityCode = m.municipalityCode AND g.signedOn <= ?
         LEFT JOIN resolution_figure h ON h.agentId = a.id AND h.month BETWEEN ? AND ?
        WHERE ${where.sql} ORDER BY a.id, h.month`,
      [...agents.values, this.today(), ...months, ...where.values],
    );
  }

  private today(): LocalDate {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}

/** The first month that can belong to a streak that a month ends; the month itself where it is history. */
export function firstMonthOf(month: Month, { appliesFrom }: Pick<QualityPolicy, 'appliesFrom'>): Month {
  if (appliesFrom > month) return month;
  const earliest = addMonths(month, 1 - HISTORY_MONTHS);
  return appliesFrom > earliest ? appliesFrom : earliest;
}
