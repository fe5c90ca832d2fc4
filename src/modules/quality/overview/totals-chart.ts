import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { ChartSize } from '../../../web/charts/chart-size.js';
import { translator } from '../../../web/i18n/translate.js';
import { MunicipalityQueries } from '../../municipalities/index.js';
import type { Month } from '../month.rules.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import { ratedBy } from './agent-months.rules.js';
import { ownOf } from './quality-overview.js';
import { QualityTrend, trendMonths, type RatedMonth } from './quality-trend.js';
import { trendSvg } from './trend-chart.js';

/** Draws the totals of all, or of one municipality beside them, month by month. */
@Injectable()
export class TotalsChart {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly trends: QualityTrend,
    private readonly policies: QualityPolicies,
    private readonly municipalities: MunicipalityQueries,
  ) {}

  /** The image, up to the month (the last one imported). @throws DomainError `not_found` for a municipality that does not exist */
  async svg(
    scope: Scope,
    asked: { month?: Month | undefined; municipality?: string | undefined; size: ChartSize },
    language: string,
  ): Promise<string> {
    const [latest] = await this.trends.months();
    const last = asked.month ?? latest ?? localDateOf(this.clock.now(), this.env.TZ_NAME).slice(0, 7);
    const policy = await this.policies.current();
    const { shown: all } = await this.trends.ofAll(last, ownOf(scope));
    const one =
      asked.municipality === undefined ? undefined : await this.municipality(scope, asked.municipality, last);
    const months = trendMonths(
      [...all, ...(one?.rows ?? [])].map(({ month }) => month),
      last,
    );
    const ratesOf = (rows: readonly RatedMonth[]) => {
      const byMonth = new Map(rows.map((row) => [row.month, ratedBy(policy, row)]));
      return months.map((month) => byMonth.get(month) ?? null);
    };
    const ddh = { name: translator(language)('quality.allOfDdh'), rates: ratesOf(all) };
    const lines = one
      ? [{ name: one.name, rates: ratesOf(one.rows), hasBand: true }, ddh]
      : [{ ...ddh, hasBand: true }];
    return trendSvg({ months, lines, policy, language }, asked.size);
  }

  private async municipality(scope: Scope, code: string, last: Month) {
    const known = await this.municipalities.find(code, localDateOf(this.clock.now(), this.env.TZ_NAME));
    if (!known) throw new DomainError('not_found', 'not_found');
    return { name: known.name, rows: await this.trends.ofMunicipality(code, last, ownOf(scope)) };
  }
}
