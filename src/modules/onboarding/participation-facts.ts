import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { addDays, instantAt, localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { placeholders, selectRows, toInstant } from '../../database/sql.js';
import { ATTENDED_ON } from '../onboarding-days/index.js';

/** What an agent has taken part in: facts, no time spent and no answers to questions. */
export interface Participation {
  /** First day of the present employment, of the latest for somebody who has left. */
  startOn: LocalDate | null;
  /** The day on which the last required course was completed; null while one is missing, or was let off. */
  elearningCompletedOn: LocalDate | null;
  /** The first onboarding day the agent took part in, here or before. */
  onboardingAttendedOn: LocalDate | null;
  /** Guide versions that a shift has asked for so far. What was asked for long ago is no longer known. */
  guidesRequired: number;
  /** How many of them were read before that shift. */
  guidesReadInTime: number;
}

interface FactsRow {
  agentId: number;
  startOn: LocalDate | null;
  attendedOn: LocalDate | null;
  completedAt: string | Date | null;
  missing: number | string;
}

interface ReadingRow {
  agentId: number;
  required: number | string;
  inTime: number | string | null;
}

/** So many agents are asked about in one statement. */
const AT_ONCE = 500;

/** Tells what agents have taken part in, for those who ask whether it goes with something else. */
@Injectable()
export class ParticipationFacts {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
  ) {}

  /**
   * The facts of each agent, some hundred in two statements; no entry for an agent that does not exist.
   * @param until the last day of which something is told; today when left out, or when it lies ahead
   */
  async of(
    source: EntityManager,
    agentIds: readonly number[],
    until: LocalDate | null = null,
  ): Promise<Map<number, Participation>> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const last = until !== null && until < today ? until : today;
    const found = new Map<number, Participation>();
    for (let from = 0; from < agentIds.length; from += AT_ONCE) {
      const some = agentIds.slice(from, from + AT_ONCE);
      const reading = await this.reading(source, some, last);
      for (const row of await this.facts(source, some))
        found.set(row.agentId, this.participation(row, reading.get(row.agentId), last));
    }
    return found;
  }

  private facts(source: EntityManager, agentIds: readonly number[]): Promise<FactsRow[]> {
    const required = `FROM enrolment e JOIN course c ON c.id = e.courseId
                       WHERE e.personId = a.personId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1`;
    return selectRows<FactsRow>(
      source,
      `SELECT a.id AS agentId, m.startOn, ${ATTENDED_ON} AS attendedOn, (SELECT MAX(e.completedAt) ${required}) AS completedAt,
              (SELECT COUNT(*) ${required} AND e.state <> 'completed') AS missing
         FROM agent a
         LEFT JOIN employment m ON m.id = (SELECT x.id FROM employment x WHERE x.agentId = a.id
              ORDER BY CASE WHEN x.openAgentId IS NULL THEN 1 ELSE 0 END, x.effectiveFromOn DESC, x.id DESC LIMIT 1)
        WHERE a.id IN (${placeholders(agentIds)})`,
      agentIds,
    );
  }

  private async reading(
    source: EntityManager,
    agentIds: readonly number[],
    last: LocalDate,
  ): Promise<Map<number, ReadingRow>> {
    const [now, over] = [this.clock.now(), instantAt(addDays(last, 1), '00:00', this.env.TZ_NAME)];
    const rows = await selectRows<ReadingRow>(
      source,
      `SELECT q.agentId, COUNT(*) AS required, SUM(CASE WHEN q.readAt <= q.dueAt THEN 1 ELSE 0 END) AS inTime
         FROM reading_requirement q WHERE q.agentId IN (${placeholders(agentIds)}) AND q.dueAt <= ? GROUP BY q.agentId`,
      [...agentIds, over < now ? over : now],
    );
    return new Map(rows.map((row) => [row.agentId, row]));
  }

  private participation(row: FactsRow, reading: ReadingRow | undefined, last: LocalDate): Participation {
    const isThrough = Number(row.missing) === 0 && row.completedAt !== null;
    const completedOn = isThrough ? localDateOf(toInstant(row.completedAt!), this.env.TZ_NAME) : null;
    return {
      startOn: row.startOn,
      elearningCompletedOn: completedOn !== null && completedOn <= last ? completedOn : null,
      onboardingAttendedOn: row.attendedOn !== null && row.attendedOn <= last ? row.attendedOn : null,
      guidesRequired: Number(reading?.required ?? 0),
      guidesReadInTime: Number(reading?.inTime ?? 0),
    };
  }
}
