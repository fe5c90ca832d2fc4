import { Inject, Injectable } from '@nestjs/common';
import { endOfLocalDate, instantAt } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { addMonths, firstDayOf, lastDayOf, type Month } from '../../quality/index.js';
import type { Reading } from './guides.rules.js';
import { Waits, type Wait } from './time-to-ready.rules.js';

interface Period {
  from: Month;
  to: Month;
}

/** Required e-learning that is completed. */
const COMPLETED = `enrolment e JOIN course c ON c.id = e.courseId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1
  JOIN agent a ON a.personId = e.personId WHERE e.state = 'completed'`;

/** Time spent on it, as far as anybody tells: in our own player, and what other hosts report. */
const TIMES = [
  `SELECT a.id AS agentId, SUM(l.seconds) AS seconds
     FROM launch l JOIN attempt t ON t.id = l.attemptId JOIN ${COMPLETED} AND t.enrolmentId = e.id AND l.mode = 'normal' GROUP BY a.id`,
  `SELECT a.id AS agentId, MAX(v.seconds) AS seconds
     FROM completion_event v JOIN ${COMPLETED} AND v.enrolmentId = e.id AND v.seconds > 0 AND v.attemptId IS NULL AND v.annulledAt IS NULL
    GROUP BY a.id, e.id`,
];

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

interface TimeRow {
  agentId: number;
  seconds: number;
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

  /** How many minutes agents spent on the e-learning they completed; those of whom nobody tells are left out. */
  async minutes(): Promise<Map<number, number>> {
    const minutes = new Map<number, number>();
    for (const sql of TIMES)
      for await (const { agentId, seconds } of this.database.streamRows<TimeRow>(sql))
        if (seconds > 0) minutes.set(agentId, (minutes.get(agentId) ?? 0) + seconds / 60);
    return minutes;
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
