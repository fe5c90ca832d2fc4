import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LocalDate } from '../../common/local-date.js';
import { selectRows } from '../../database/sql.js';
import { ATTENDED_ON } from '../onboarding-days/index.js';

/** What is registered about an agent's way in, beside where the agent works. */
export interface ParticipationFact {
  agentId: number;
  personId: number;
  firstName: string;
  email: string;
  language: string;
  municipalityCode: string;
  /** First day as an agent, with whichever municipality. */
  startOn: LocalDate;
  /** Every course for agents that is required before the first shift is completed, and there is one. */
  isCompleted: boolean;
  /** Took part in an onboarding day. */
  hasAttended: boolean;
}

type Raw = Omit<ParticipationFact, 'isCompleted' | 'hasAttended'> & {
  required: number | string;
  completed: number | string;
  attendedOn: LocalDate | null;
};

/** Tells the modules above who takes part in onboarding, without their reading the tables of courses and days. */
@Injectable()
export class ParticipationFacts {
  /** Everyone who works as an agent on the day, as it is registered now. */
  async on(source: EntityManager, day: LocalDate): Promise<ParticipationFact[]> {
    const rows = await selectRows<Raw>(
      source,
      `SELECT a.id AS agentId, a.personId, p.firstName, p.email, p.language, m.municipalityCode,
              (SELECT MIN(f.startOn) FROM employment f WHERE f.agentId = a.id) AS startOn,
              (SELECT COUNT(*) FROM enrolment e JOIN course c ON c.id = e.courseId
                WHERE e.personId = a.personId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1) AS required,
              (SELECT COUNT(*) FROM enrolment e JOIN course c ON c.id = e.courseId
                WHERE e.personId = a.personId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1
                  AND e.state = 'completed') AS completed,
              ${ATTENDED_ON} AS attendedOn
         FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId
        WHERE m.startOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
        ORDER BY a.id`,
      [day, day],
    );
    return rows.map(({ required, completed, attendedOn, ...raw }) => ({
      ...raw,
      isCompleted: Number(required) > 0 && Number(completed) === Number(required),
      hasAttended: attendedOn !== null && attendedOn <= day,
    }));
  }
}
