import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import type { CaseState } from '../notices/case-state.rules.js';
import type { CoachedAgent } from './coach.rules.js';

/** The calls of a month that led to the case. */
export interface StreakMonth {
  month: string;
  answered: number;
  resolved: number;
}

/** A case as far as a coach is told of it: the figures of the streak, and since when the agent takes calls. */
export interface TalkCase {
  months: StreakMonth[];
  employedSince: LocalDate;
}

/** A case on which a talk may be offered. */
export interface OfferableCase extends CoachedAgent {
  id: number;
  agentId: number;
  agentName: string;
  municipalityName: string;
  state: CaseState;
  isTalkRelevant: boolean | null;
}

/** Reads cases for those who offer and hold talks. */
@Injectable()
export class TalkCaseQueries {
  constructor(private readonly database: Database) {}

  /** What the coach of a talk is told. */
  async ofTalk(talkId: number): Promise<TalkCase> {
    const months = await this.database.select<StreakMonth>(
      `SELECT m.month, m.answered, m.resolved
         FROM coaching_talk t JOIN quality_case_month m ON m.caseId = t.caseId AND m.followUpOf IS NULL
        WHERE t.id = ? ORDER BY m.month`,
      [talkId],
    );
    const row = await this.database.selectOne<{ startOn: LocalDate }>(
      `SELECT MIN(e.startOn) AS startOn FROM coaching_talk t JOIN quality_case c ON c.id = t.caseId
         JOIN employment e ON e.id = c.employmentId WHERE t.id = ?`,
      [talkId],
    );
    return { months, employedSince: row!.startOn };
  }

  /** The case for the page on which a talk is offered. @throws DomainError `not_found` */
  async offerable(caseId: number): Promise<OfferableCase> {
    const row = await this.database.selectOne<OfferableCase & { isTalkRelevant: number | null }>(
      `SELECT c.id, c.agentId, CONCAT(p.firstName, ' ', p.lastName) AS agentName, a.personId, c.municipalityCode,
              u.name AS municipalityName, e.leaderId, c.state, c.isTalkRelevant
         FROM quality_case c JOIN agent a ON a.id = c.agentId JOIN person p ON p.id = a.personId
         JOIN municipality u ON u.code = c.municipalityCode JOIN employment e ON e.id = c.employmentId WHERE c.id = ?`,
      [caseId],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return { ...row, isTalkRelevant: row.isTalkRelevant === null ? null : Number(row.isTalkRelevant) === 1 };
  }
}
