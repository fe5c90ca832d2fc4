import { Inject, Injectable } from '@nestjs/common';
import { endOfLocalDate, instantAt } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { addMonths, firstDayOf, lastDayOf, type Month } from '../../quality/index.js';
import type { Learning } from './elearning.rules.js';
import type { Reading } from './guides.rules.js';
import { Waits, type Wait } from './time-to-ready.rules.js';

interface Period {
  from: Month;
  to: Month;
}

/** Time in our own player, and what other hosts report, of the courses that are required before the first shift. */
const LEARNING = `SELECT a.id AS agentId, MAX(e.scoreScaled) AS score,
    SUM(COALESCE(
      (SELECT SUM(l.seconds) FROM attempt t JOIN launch l ON l.attemptId = t.id AND l.mode = 'normal' WHERE t.enrolmentId = e.id), 0)
      + COALESCE((SELECT MAX(v.seconds) FROM completion_event v
          WHERE v.enrolmentId = e.id AND v.attemptId IS NULL AND v.annulledAt IS NULL), 0)) AS seconds
  FROM enrolment e JOIN course c ON c.id = e.courseId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1
       JOIN agent a ON a.personId = e.personId
 WHERE e.state = 'completed' GROUP BY a.id`;

/** Whether a guide was read before the shift that asked for it, of those that are in force or ended within the last 30 days. */
const READING = `SELECT agentId, COUNT(*) AS due, SUM(CASE WHEN readAt <= dueAt THEN 1 ELSE 0 END) AS inTime
  FROM reading_requirement WHERE dueAt >= ? AND dueAt < ? AND dueAt <= ? GROUP BY agentId`;

/** The first period of new agents who were registered in the months, with the required courses they were given. */
const WAYS = `SELECT m.agentId, m.municipalityCode, m.createdAt AS registeredAt, m.endOn, c.createdAt AS enrolledAt, c.throughAt
  FROM employment m JOIN agent a ON a.id = m.agentId
       LEFT JOIN (SELECT e.personId, e.createdAt, CASE WHEN e.state = 'completed' THEN e.completedAt ELSE
                    (SELECT MIN(w.createdAt) FROM waiver w WHERE w.enrolmentId = e.id AND w.revokedAt IS NULL) END AS throughAt
                    FROM enrolment e JOIN course k ON k.id = e.courseId AND k.audience = 'agent' AND k.requiredBeforeFirstShift = 1) c
              ON c.personId = a.personId
 WHERE m.kind = 'new' AND m.createdAt >= ? AND m.createdAt < ?
   AND NOT EXISTS (SELECT 1 FROM employment p WHERE p.agentId = m.agentId AND p.id < m.id)
 ORDER BY m.agentId`;

interface LearningRow {
  agentId: number;
  score: number | null;
  seconds: number | string | null;
}
interface ReadingRow {
  agentId: number;
  due: number | string;
  inTime: number | string;
}
interface RawWay {
  agentId: number;
  municipalityCode: string;
  registeredAt: string | Date;
  endOn: string | null;
  enrolledAt: string | Date | null;
  throughAt: string | Date | null;
}

/** Reads what single questions ask of agents beside their calls. */
@Injectable()
export class QuestionDataQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** How agents did the e-learning. */
  async learning(): Promise<Map<number, Learning>> {
    const known = new Map<number, Learning>();
    for await (const { agentId, score, seconds } of this.database.streamRows<LearningRow>(LEARNING)) {
      const minutes = Number(seconds ?? 0) / 60;
      known.set(agentId, {
        score: score === null ? null : 100 * score,
        minutes: minutes > 0 ? minutes : null,
      });
    }
    return known;
  }

  /** How agents read the guides that shifts in the months asked for, up to now. */
  async reading({ from, to }: Period, now: Date): Promise<Map<number, Reading>> {
    const known = new Map<number, Reading>();
    const values = [this.startOf(from), this.startOf(addMonths(to, 1)), now];
    for await (const { agentId, due, inTime } of this.database.streamRows<ReadingRow>(READING, values))
      known.set(agentId, { due: Number(due), inTime: Number(inTime) });
    return known;
  }

  /** How long agents waited who were registered in the months, up to the last day that counts. */
  async waits({ from, to }: Period, lastDay: string): Promise<Wait[]> {
    const waits = new Waits();
    const end = lastDay < lastDayOf(to) ? lastDay : lastDayOf(to);
    const values = [this.startOf(from), endOfLocalDate(end, this.env.TZ_NAME)];
    for await (const row of this.database.streamRows<RawWay>(WAYS, values)) {
      const throughAt = toInstantOrNull(row.throughAt);
      waits.add({
        agentId: row.agentId,
        municipalityCode: row.municipalityCode,
        registeredAt: toInstant(row.registeredAt),
        enrolledAt: toInstantOrNull(row.enrolledAt),
        throughAt,
        hasLeft: row.endOn !== null,
      });
    }
    return waits.all();
  }

  private startOf(month: Month): Date {
    return instantAt(firstDayOf(month), '00:00', this.env.TZ_NAME);
  }
}
