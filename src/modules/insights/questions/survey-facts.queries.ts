import { Inject, Injectable } from '@nestjs/common';
import { endOfLocalDate, localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { ATTENDED_ON } from '../../onboarding-days/index.js';
import type { ClaimedFacts, ClaimFacts, ClaimShare } from './claimed-real.rules.js';
import type { TopicFacts } from './wellbeing-onboarding.rules.js';

/** A wave that is over. */
export interface Wave {
  id: number;
  title: string;
  year: number;
  isPublished: boolean;
}

interface ResultRow {
  breakdown: string;
  groupKey: string;
  parameter: string;
  answers: number | null;
  mean: number | null;
  deviation: number | null;
}
interface TopicRow {
  dimension: string;
  dimensionDa: string;
  dimensionEn: string;
}

const CLAIMS = { elearning: 'claimed_elearning', day: 'claimed_day' } as const;

/** Reads the figures of waves that were fixed when they closed, and what the register says of the same day. Never an answer. */
@Injectable()
export class SurveyFactsQueries {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** Waves that are over, the latest first. */
  async waves(): Promise<Wave[]> {
    const rows = await this.database.select<{ id: number; title: string; year: number; state: string }>(
      "SELECT id, title, year, state FROM survey WHERE state IN ('closed', 'published') ORDER BY year DESC, id DESC",
    );
    return rows.map(({ state, ...wave }) => ({ ...wave, isPublished: state === 'published' }));
  }

  /** The topics of a wave by whether respondents are registered as having attended an onboarding day. */
  async topics(surveyId: number): Promise<TopicFacts[]> {
    const results = await this.results(surveyId);
    const topics = await this.database.select<TopicRow>(
      `SELECT dimension, MIN(dimensionDa) AS dimensionDa, MIN(dimensionEn) AS dimensionEn FROM survey_question
        WHERE surveyId = ? AND kind = 'scale' AND direction <> 'neutral' GROUP BY dimension ORDER BY MIN(position)`,
      [surveyId],
    );
    return topics.map(({ dimension, dimensionDa, dimensionEn }) => {
      const of = (groupKey: string) => {
        const row = find(results, 'attended', groupKey, dimension);
        return row && { n: row.answers, mean: row.mean, sd: row.deviation };
      };
      const label = { da: dimensionDa, en: dimensionEn };
      return { topic: dimension, label, attended: of('1'), notAttended: of('0') };
    });
  }

  /** What respondents claim, by what is registered of them, and what the register says of all. */
  async claims(surveyId: number): Promise<ClaimedFacts> {
    const results = await this.results(surveyId);
    const register = await this.register(await this.heldOn(surveyId));
    const of = (claim: keyof typeof CLAIMS, breakdown: string, tookPart: number): ClaimFacts => ({
      all: share(find(results, 'total', '', CLAIMS[claim])),
      registered: share(find(results, breakdown, '1', CLAIMS[claim])),
      notRegistered: share(find(results, breakdown, '0', CLAIMS[claim])),
      register: { people: register.people, tookPart },
    });
    return {
      elearning: of('elearning', 'completed', register.completed),
      day: of('day', 'attended', register.attended),
    };
  }

  private results(surveyId: number): Promise<ResultRow[]> {
    return this.database.select<ResultRow>(
      'SELECT breakdown, groupKey, parameter, answers, mean, deviation FROM survey_result WHERE surveyId = ?',
      [surveyId],
    );
  }

  /** The day a wave was opened; one that was held elsewhere counts as held at the end of its year, or now. */
  private async heldOn(surveyId: number): Promise<LocalDate> {
    const row = await this.database.selectOne<{
      year: number;
      openedAt: string | Date | null;
      closedAt: string | Date;
    }>('SELECT year, openedAt, closedAt FROM survey WHERE id = ?', [surveyId]);
    const zone = this.env.TZ_NAME;
    if (row!.openedAt !== null) return localDateOf(toInstant(row!.openedAt), zone);
    const closedOn = localDateOf(toInstant(row!.closedAt), zone);
    const end = `${row!.year}-12-31`;
    return end < closedOn ? end : closedOn;
  }

  /** Agents of a day, and how many had completed all required e-learning and attended an onboarding day by then. */
  private async register(day: LocalDate): Promise<Record<'people' | 'completed' | 'attended', number>> {
    const end = endOfLocalDate(day, this.env.TZ_NAME);
    const row = await this.database.selectOne<
      Record<'people' | 'completed' | 'attended', number | string | null>
    >(
      `SELECT COUNT(*) AS people, SUM(CASE WHEN x.required > 0 AND x.required = x.completed THEN 1 ELSE 0 END) AS completed,
              SUM(CASE WHEN x.attendedOn <= ? THEN 1 ELSE 0 END) AS attended
         FROM (SELECT DISTINCT a.id, ${ATTENDED_ON} AS attendedOn,
                 (SELECT COUNT(*) FROM enrolment e JOIN course c ON c.id = e.courseId WHERE e.personId = a.personId
                     AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1 AND (e.enrolledOn <= ? OR e.completedAt < ?)) AS required,
                 (SELECT COUNT(*) FROM enrolment e JOIN course c ON c.id = e.courseId WHERE e.personId = a.personId
                     AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1 AND e.completedAt < ?) AS completed
                 FROM employment m JOIN agent a ON a.id = m.agentId
                WHERE m.startOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)) x`,
      [day, day, end, end, day, day],
    );
    return {
      people: Number(row!.people),
      completed: Number(row!.completed ?? 0),
      attended: Number(row!.attended ?? 0),
    };
  }
}

type KnownRow = ResultRow & { answers: number; mean: number };

function find(
  results: readonly ResultRow[],
  breakdown: string,
  groupKey: string,
  parameter: string,
): KnownRow | null {
  const row = results.find(
    (one) => one.breakdown === breakdown && one.groupKey === groupKey && one.parameter === parameter,
  );
  return row && row.answers !== null && row.mean !== null ? (row as KnownRow) : null;
}

function share(row: KnownRow | null): ClaimShare | null {
  return row && { answers: row.answers, mean: row.mean };
}
