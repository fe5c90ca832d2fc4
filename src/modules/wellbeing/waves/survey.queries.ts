import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../../common/access/principal.js';
import { allOf, columnIs, seesAll, type Condition } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { fromJson, selectRows, toInstantOrNull } from '../../../database/sql.js';
import type { Direction } from '../results/scale.rules.js';
import type { Question } from './question.js';
import type { SurveyState } from './survey.rules.js';

/** A wave as it is shown. */
export interface SurveyView {
  id: number;
  title: string;
  year: number;
  state: SurveyState;
  isBaseline: boolean;
  /** Fewest answers a figure is given for. */
  k: number;
  closesOn: string | null;
  invited: number | null;
  /** Null while the wave is open. */
  answered: number | null;
  responseRate: number | null;
  /** The day of the rate, while the wave is open. */
  responseRateOn: string | null;
  openedAt: string | null;
  closedAt: string | null;
  publishedAt: string | null;
  version: number;
}

interface RawSurvey extends Omit<
  SurveyView,
  'k' | 'isBaseline' | 'responseRate' | 'responseRateOn' | 'openedAt' | 'closedAt' | 'publishedAt'
> {
  minimumGroup: number;
  isBaseline: number | boolean;
  rateShown: number | null;
  rateShownOn: string | null;
  openedAt: string | Date | null;
  closedAt: string | Date | null;
  publishedAt: string | Date | null;
}
interface RawQuestion {
  questionKey: string;
  dimension: string;
  dimensionDa: string;
  dimensionEn: string;
  kind: 'scale' | 'text';
  scaleMin: number;
  scaleMax: number;
  direction: Direction;
  textDa: string;
  textEn: string;
  labelsDa: string | string[];
  labelsEn: string | string[];
}

const COLUMNS = `s.id, s.title, s.year, s.state, s.isBaseline, s.minimumGroup, s.closesOn, s.invited, s.answered, s.rateShown,
  s.rateShownOn, s.openedAt, s.closedAt, s.publishedAt, s.version`;

/** Reads waves and their questions. */
@Injectable()
export class SurveyQueries {
  constructor(private readonly database: Database) {}

  /** Waves, the latest year first: the secretariat sees all, leaders those that are open or published. */
  async list(
    principal: Principal,
    filter: { state?: SurveyState | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<SurveyView>> {
    const cursor = decodeCursor(filter.cursor, ['number', 'number']);
    const where = allOf([
      seenBy(principal),
      columnIs('s.state', filter.state),
      cursor && {
        sql: 's.year < ? OR (s.year = ? AND s.id < ?)',
        values: [cursor[0]!, cursor[0]!, cursor[1]!],
      },
    ]);
    const rows = await this.database.select<RawSurvey>(
      `SELECT ${COLUMNS} FROM survey s WHERE ${where.sql} ORDER BY s.year DESC, s.id DESC LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toView), filter.limit, ({ year, id }) => [year, id]);
  }

  /** One wave. @throws DomainError `not_found` */
  async find(principal: Principal, surveyId: number): Promise<SurveyView> {
    const seen = seenBy(principal);
    const row = await this.database.selectOne<RawSurvey>(
      `SELECT ${COLUMNS} FROM survey s WHERE s.id = ? AND (${seen.sql})`,
      [surveyId, ...seen.values],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return toView(row);
  }

  /** The wave that others are compared with, if there is one the caller may see. */
  async baseline(principal: Principal): Promise<SurveyView | undefined> {
    const seen = seenBy(principal);
    const row = await this.database.selectOne<RawSurvey>(
      `SELECT ${COLUMNS} FROM survey s WHERE s.isBaseline = 1 AND s.closedAt IS NOT NULL AND (${seen.sql})`,
      seen.values,
    );
    return row && toView(row);
  }

  /** The questions of a wave in their order; read inside a unit of work when `source` is its tx. */
  async questions(
    surveyId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<Question[]> {
    const rows = await selectRows<RawQuestion>(
      source,
      'SELECT * FROM survey_question WHERE surveyId = ? ORDER BY position',
      [surveyId],
    );
    return rows.map(toQuestion);
  }
}

function seenBy(principal: Principal): Condition {
  return { sql: seesAll(principal) ? '1 = 1' : "s.state IN ('open', 'published')", values: [] };
}

function toView({ minimumGroup, rateShown, rateShownOn, ...raw }: RawSurvey): SurveyView {
  const isOpen = raw.state === 'open';
  const rate = raw.answered === null || !raw.invited ? null : (100 * raw.answered) / raw.invited;
  return {
    ...raw,
    isBaseline: Boolean(raw.isBaseline),
    k: minimumGroup,
    responseRate: isOpen ? rateShown : rate,
    responseRateOn: isOpen ? rateShownOn : null,
    openedAt: toInstantOrNull(raw.openedAt)?.toISOString() ?? null,
    closedAt: toInstantOrNull(raw.closedAt)?.toISOString() ?? null,
    publishedAt: toInstantOrNull(raw.publishedAt)?.toISOString() ?? null,
  };
}

function toQuestion(raw: RawQuestion): Question {
  return {
    key: raw.questionKey,
    dimension: raw.dimension,
    dimensionLabels: { da: raw.dimensionDa, en: raw.dimensionEn },
    kind: raw.kind,
    scale: { min: raw.scaleMin, max: raw.scaleMax },
    direction: raw.direction,
    text: { da: raw.textDa, en: raw.textEn },
    labels: { da: fromJson<string[]>(raw.labelsDa), en: fromJson<string[]>(raw.labelsEn) },
  };
}
