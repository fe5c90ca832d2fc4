import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { isAnswered } from '../answers.js';
import { meantFor } from '../guide-viewer.js';
import type { Urgency } from '../guides.rules.js';
import { readingList, type UnreadVersion } from './reading-list.rules.js';

interface Raw {
  guideId: number;
  number: number;
  title: string;
  changeNote: string;
  minutes: number;
  urgency: Urgency;
  courseId: number | null;
  effectiveFrom: string | Date;
  countsFrom: string | Date;
  dueAt: string | Date | null;
}

const ANSWERED = isAnswered({ agent: '?', guide: 'v.guideId', from: 'v.answeredFrom' });
/** More would be a plan for weeks. */
const MOST = 200;

/** Reads what an agent is to read, from the receipts and the shift plan themselves. */
@Injectable()
export class ReadingListQueries {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The guides with a version that the agent has not read, by the next shift that asks for them. */
  async of(agentId: number): Promise<UnreadVersion[]> {
    const now = this.clock.now();
    const meant = meantFor(agentId, 'v');
    const rows = await this.database.select<Raw>(
      `SELECT v.guideId, v.number, v.title, v.changeNote, v.minutes, v.urgency, v.courseId, v.effectiveFrom, v.countsFrom,
              (SELECT MIN(s.startsAt) FROM shift s WHERE s.agentId = ? AND s.startsAt >= v.countsFrom AND s.startsAt >= ?
                  AND (v.appliesUntil IS NULL OR s.startsAt < v.appliesUntil)) AS dueAt
         FROM guide_version v JOIN guide g ON g.id = v.guideId
        WHERE g.archivedAt IS NULL AND v.withdrawnAt IS NULL
          AND (v.appliesUntil IS NULL OR (v.appliesUntil > v.countsFrom AND v.appliesUntil > ?))
          AND ${meant.sql}
          AND NOT ${ANSWERED}
        ORDER BY v.id DESC LIMIT ${MOST}`,
      [agentId, now, now, ...meant.values, agentId, agentId],
    );
    return readingList(rows.map((row) => toUnread(row, now)));
  }
}

function toUnread({ urgency, courseId, countsFrom, ...row }: Raw, now: Date): UnreadVersion {
  return {
    ...row,
    // Once its grace is over it is asked for like any other.
    isAcute: urgency === 'acute' && toInstant(countsFrom) > now,
    isCourse: courseId !== null,
    effectiveFrom: toInstant(row.effectiveFrom),
    dueAt: toInstantOrNull(row.dueAt),
  };
}
