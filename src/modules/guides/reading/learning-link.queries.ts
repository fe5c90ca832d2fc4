import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';

/** The e-learning that is to be completed in place of reading. */
export interface LearningLink {
  title: string;
  /** The agent's enrolment; null while there is none. */
  enrolmentId: number | null;
}

/** Finds the way from a guide to its e-learning. */
@Injectable()
export class LearningLinkQueries {
  constructor(private readonly database: Database) {}

  /** The course with the enrolment of an agent, if it is one who asks. */
  async of(courseId: number, agentId: number | null): Promise<LearningLink | undefined> {
    return this.database.selectOne<LearningLink>(
      `SELECT c.title, (SELECT e.id FROM enrolment e JOIN agent a ON a.personId = e.personId
                         WHERE a.id = ? AND e.courseId = c.id) AS enrolmentId
         FROM course c WHERE c.id = ?`,
      [agentId ?? 0, courseId],
    );
  }

  /** The courses for agents, by title. */
  courses(): Promise<{ id: number; title: string }[]> {
    return this.database.select(
      `SELECT c.id, c.title FROM course c
        WHERE c.audience = 'agent' AND EXISTS (SELECT 1 FROM course_version v WHERE v.courseId = c.id AND v.state = 'published')
        ORDER BY c.title, c.id`,
    );
  }
}
