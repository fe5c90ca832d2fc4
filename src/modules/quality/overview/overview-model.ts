import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { chartView } from '../../../web/charts/chart-size.js';
import { formatMonth, formatShare } from '../../../web/format.js';
import { translator, type Translator } from '../../../web/i18n/translate.js';
import { queryString } from '../../../web/query-string.js';
import type { Month } from '../month.rules.js';
import { AgentTrends, MONTHS_SHOWN, type AgentTrend } from './agent-trends.js';
import { FEWEST_AGENTS } from './disclosure.rules.js';
import { OpenCases } from './open-cases.queries.js';
import { ownOf, QualityOverview, type Overview } from './quality-overview.js';
import { trendMonths } from './quality-trend.js';
import { FEW_CALLS } from './rate.rules.js';

/** The view model of the start page of quality. */
@Injectable()
export class OverviewModel {
  constructor(
    private readonly overview: QualityOverview,
    private readonly trends: AgentTrends,
    private readonly cases: OpenCases,
  ) {}

  /** The page, and whose figures stand on it. */
  async of(scope: Scope, asked: Month | undefined, language: string) {
    const overview = await this.overview.of(scope, asked);
    const agents = await this.ownAgents(scope, overview.month);
    const t = translator(language);
    return {
      ...overview,
      trend: monthsOf(overview),
      isTotalHidden: overview.hidden.some((one) => one === overview.month),
      cases: await this.cases.list(scope),
      agents: agents.map((one) => agentRow(one, t, language)),
      charts: chartsOf(scope, overview, t, language),
      isSecretariat: scope.kind === 'all',
      months: overview.months.map((month) => ({ month, isShown: month === overview.month })),
      monthsShown: MONTHS_SHOWN,
      few: FEW_CALLS,
      fewest: FEWEST_AGENTS,
      agentIds: [
        ...agents.map(({ agent }) => agent.id),
        ...(overview.watchList ?? []).map(({ agentId }) => agentId),
      ],
    };
  }

  private ownAgents(scope: Scope, month: Month | null): Promise<AgentTrend[]> {
    const own = ownOf(scope);
    return own === null || month === null
      ? Promise.resolve([])
      : this.trends.ofMunicipalities(scope, own, month);
  }
}

/** Every month of the trend, the latest first; without totals where nothing has been imported, and where they are hidden. */
function monthsOf({ trend, hidden, month }: Overview) {
  if (month === null) return [];
  const known = new Map(trend.map((one) => [one.month, one]));
  return trendMonths([...known.keys(), ...hidden], month)
    .toReversed()
    .map((one) => ({ month: one, totals: known.get(one) ?? null, isHidden: hidden.includes(one) }));
}

/** All of DDH for the secretariat; for a leader each own municipality beside it. */
function chartsOf(
  scope: Scope,
  { trend, hidden, month, municipalities }: Overview,
  t: Translator,
  language: string,
) {
  const known = [...trend.map((one) => one.month), ...hidden];
  if (month === null || known.length === 0) return [];
  const period = {
    from: formatMonth(trendMonths(known, month)[0]!, language),
    to: formatMonth(month, language),
  };
  const own = ownOf(scope) ?? [];
  const shown = municipalities.filter(({ municipalityCode }) => own.includes(municipalityCode));
  const names =
    shown.length > 0 ? shown : [{ municipalityCode: undefined, municipality: t('quality.allOfDdh') }];
  return names.map(({ municipalityCode, municipality }) =>
    chartView(
      `/kvalitet/chart.svg${queryString({ month, municipality: municipalityCode })}`,
      t('quality.trendAlt', { name: municipality, ...period }),
    ),
  );
}

function agentRow({ agent, months, pooled, streak }: AgentTrend, t: Translator, language: string) {
  const name = `${agent.firstName} ${agent.lastName}`;
  const known = months.filter(({ state }) => state === 'figure');
  const rates = known.map(
    ({ month, resolved, answered }) =>
      `${formatMonth(month, language)} ${formatShare(resolved, answered, language)}`,
  );
  return {
    id: agent.id,
    name,
    latest: months.at(-1)?.state === 'figure' ? months.at(-1) : null,
    pooled: pooled.answered > 0 ? pooled : null,
    below: streak?.months.length ?? 0,
    image: `/kvalitet/agenter/${agent.id}/chart.svg?size=small`,
    alt: rates.length > 0 ? t('quality.agentAlt', { name, rates: rates.join(', ') }) : t('quality.noFigures'),
  };
}
