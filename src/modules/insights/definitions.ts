import { Inject, Injectable } from '@nestjs/common';
import { seesAll } from '../../common/access/scope.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { addMonths, monthsBetween, type Month } from '../quality/index.js';
import type { Definition, InsightKey } from './insight.js';
import type { InsightFilters } from './insights.schemas.js';
import { HIGH_RATE, QUESTION_PLANS, type FilterName } from './question-plans.js';
import { SurveyFactsQueries, type Wave } from './questions/survey-facts.queries.js';

/** Months that are looked at when nobody says otherwise, and at most. */
const USUAL_MONTHS = 36;
const MOST_MONTHS = 60;
/** New agents are looked at over a year. */
const WAIT_MONTHS = 13;

/** A definition and the wave it is about, if any. */
export interface Asked {
  definition: Definition;
  wave: Wave | null;
}

/** Makes of a question and its filters what exactly is reckoned. */
@Injectable()
export class Definitions {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly surveys: SurveyFactsQueries,
  ) {}

  /**
   * What is reckoned for the viewer. Leaders get what is usual, and only waves that are published: of two periods, or two thresholds,
   * those could be told by whom they differ.
   * @throws DomainError `invalid_input` for a filter that does not apply, `insight_filters_forbidden`, `period_*`, `not_found`
   */
  async of(key: InsightKey, filters: InsightFilters, principal: Principal): Promise<Asked> {
    const { filters: taken } = QUESTION_PLANS[key];
    const given = Object.entries(filters).flatMap(([name, value]) =>
      value === undefined ? [] : [name as FilterName],
    );
    const strange = given.filter((name) => !taken.includes(name));
    if (strange.length > 0) throw malformed(strange.map((field) => ({ field, code: 'unknown_field' })));
    const isLeader = !seesAll(principal);
    if (isLeader && given.length > 0) throw new DomainError('insight_filters_forbidden', 'forbidden');
    return this.made(key, filters, isLeader);
  }

  /** What is reckoned for whoever sees all when nothing is asked for. */
  async usual(key: InsightKey): Promise<Definition> {
    return (await this.made(key, {}, false)).definition;
  }

  /** All waves somebody may choose among. */
  waves(): Promise<Wave[]> {
    return this.surveys.waves();
  }

  private async made(key: InsightKey, filters: InsightFilters, isLeader: boolean): Promise<Asked> {
    const { filters: taken, version, dependsOnToday } = QUESTION_PLANS[key];
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const wave = taken.includes('survey') ? await this.wave(filters.survey, isLeader) : null;
    const months = taken.includes('from') ? await this.months(key, filters, today) : { from: null, to: null };
    const definition = {
      key,
      version,
      ...months,
      threshold: taken.includes('threshold') ? (filters.threshold ?? HIGH_RATE) : null,
      surveyId: wave?.id ?? null,
      today: dependsOnToday ? today : null,
    };
    return { definition, wave };
  }

  private async wave(wanted: number | undefined, isLeader: boolean): Promise<Wave | null> {
    const waves = (await this.surveys.waves()).filter(({ isPublished }) => isPublished || !isLeader);
    if (wanted === undefined) return waves[0] ?? null;
    const wave = waves.find(({ id }) => id === wanted);
    if (!wave) throw new DomainError('not_found', 'not_found');
    return wave;
  }

  private async months(
    key: InsightKey,
    { from, to }: InsightFilters,
    today: string,
  ): Promise<{ from: Month | null; to: Month | null }> {
    const isWait = key === 'time-to-ready';
    const last = isWait ? today.slice(0, 7) : await this.lastMonth();
    const end = to ?? last;
    if (end === null) return { from: null, to: null };
    const begin = from ?? addMonths(end, 1 - (isWait ? WAIT_MONTHS : USUAL_MONTHS));
    const between = monthsBetween(begin, end);
    if (between < 0) throw malformed([{ field: 'from', code: 'period_ends_before_it_begins' }]);
    if (between >= MOST_MONTHS)
      throw malformed([{ field: 'from', code: 'too_many_months', args: { months: MOST_MONTHS } }]);
    return { from: begin, to: end };
  }

  private async lastMonth(): Promise<Month | null> {
    const row = await this.database.selectOne<{ month: Month | null }>(
      'SELECT MAX(month) AS month FROM resolution_month',
    );
    return row?.month ?? null;
  }
}

function malformed(faults: FieldFault[]): DomainError {
  return new DomainError('invalid_input', 'malformed', { faults });
}
