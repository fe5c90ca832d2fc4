import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../database/sql.js';
import { ATTENDED_ON } from '../onboarding-days/index.js';
import type { AgentFacts, EmploymentFact, RequiredCourse } from './readiness.rules.js';
import { UnreadGuides } from './unread-guides.js';

/** What is known of an agent, with the person the agent is. */
export interface KnownAgent extends AgentFacts {
  personId: number;
}

/** Of those who are asked for in one go; SQLite takes 32,766 values a statement. */
export const MOST_AGENTS = 10_000;

type EmploymentRow = EmploymentFact & { agentId: number; personId: number };

/** Reads what readiness follows from, for many agents at once: a handful of statements however many they are. */
@Injectable()
export class ReadinessFacts {
  constructor(private readonly unread: UnreadGuides) {}

  /**
   * What is known of the agents; who was never employed is not among them.
   * @param agentIds each once, at most `MOST_AGENTS`
   * @param first the first instant that is asked about
   * @param last the last one
   */
  async of(
    source: EntityManager,
    agentIds: readonly number[],
    first: Date,
    last: Date,
  ): Promise<Map<number, KnownAgent>> {
    if (agentIds.length === 0) return new Map();
    const [rows, unread] = await Promise.all([
      this.employments(source, agentIds),
      this.unread.of(source, agentIds, first, last),
    ]);
    const employments = byAgent(rows);
    const news = [...employments.values()]
      .filter((periods) => periods.some(({ kind }) => kind === 'new'))
      .map(([period]) => period!);
    const [courses, attended] = await Promise.all([this.courses(source, news), this.attended(source, news)]);
    return new Map(
      [...employments].map(([agentId, periods]) => [
        agentId,
        {
          personId: periods[0]!.personId,
          employments: periods,
          courses: courses.get(periods[0]!.personId) ?? [],
          hasAttended: attended.has(agentId),
          unread: unread.get(agentId) ?? [],
        },
      ]),
    );
  }

  private employments(source: EntityManager, agentIds: readonly number[]): Promise<EmploymentRow[]> {
    return selectRows<EmploymentRow>(
      source,
      `SELECT m.agentId, a.personId, m.municipalityCode, m.leaderId, m.kind, m.effectiveFromOn, m.endOn
         FROM employment m JOIN agent a ON a.id = m.agentId WHERE m.agentId IN (${placeholders(agentIds)}) ORDER BY m.id`,
      agentIds,
    );
  }

  /** By person; the same courses as on the agent's way to the first shift (`journeyOf`). */
  private async courses(
    source: EntityManager,
    agents: readonly { personId: number }[],
  ): Promise<Map<number, RequiredCourse[]>> {
    const found = new Map<number, RequiredCourse[]>();
    if (agents.length === 0) return found;
    const rows = await selectRows<RequiredCourse & { personId: number }>(
      source,
      `SELECT e.personId, e.id AS enrolmentId, c.title, e.state FROM enrolment e JOIN course c ON c.id = e.courseId
        WHERE e.personId IN (${placeholders(agents)}) AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1
        ORDER BY c.title, e.id`,
      agents.map(({ personId }) => personId),
    );
    for (const { personId, ...course } of rows) found.set(personId, [...(found.get(personId) ?? []), course]);
    return found;
  }

  private async attended(
    source: EntityManager,
    agents: readonly { agentId: number }[],
  ): Promise<Set<number>> {
    if (agents.length === 0) return new Set();
    const rows = await selectRows<{ id: number }>(
      source,
      `SELECT a.id FROM agent a WHERE a.id IN (${placeholders(agents)}) AND ${ATTENDED_ON} IS NOT NULL`,
      agents.map(({ agentId }) => agentId),
    );
    return new Set(rows.map(({ id }) => id));
  }
}

function byAgent(rows: readonly EmploymentRow[]): Map<number, EmploymentRow[]> {
  const found = new Map<number, EmploymentRow[]>();
  for (const row of rows) {
    const known = found.get(row.agentId);
    if (known) known.push(row);
    else found.set(row.agentId, [row]);
  }
  return found;
}
