import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../../common/local-date.js';
import { selectRows } from '../../../database/sql.js';
import { ParticipationFacts } from '../../onboarding/index.js';

/** An agent who is asked, with what is registered about the way in. */
export interface AskedAgent {
  agentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  municipalityCode: string;
  /** First day as an agent, with whichever municipality. */
  startOn: LocalDate;
  /** Every required e-learning is completed. */
  isCompleted: boolean;
  hasAttended: boolean;
}

type Row = Omit<AskedAgent, 'isCompleted' | 'hasAttended'>;

/** Finds out whom a wave asks. */
@Injectable()
export class AskedAgents {
  constructor(private readonly facts: ParticipationFacts) {}

  /** Everyone who works as an agent on the day, as it is registered now. */
  async on(source: EntityManager, day: LocalDate): Promise<AskedAgent[]> {
    const rows = await selectRows<Row>(
      source,
      `SELECT a.id AS agentId, a.personId, p.firstName, p.email, p.language, m.municipalityCode,
              (SELECT MIN(f.startOn) FROM employment f WHERE f.agentId = a.id) AS startOn
         FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId
        WHERE m.startOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
        ORDER BY a.id`,
      [day, day],
    );
    const facts = await this.facts.of(
      source,
      rows.map(({ agentId }) => agentId),
    );
    return rows.map((row) => {
      const { elearningCompletedOn = null, onboardingAttendedOn = null } = facts.get(row.agentId) ?? {};
      return {
        ...row,
        isCompleted: elearningCompletedOn !== null,
        hasAttended: onboardingAttendedOn !== null && onboardingAttendedOn <= day,
      };
    });
  }
}
