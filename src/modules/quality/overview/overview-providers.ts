import { FigureLooks } from '../figure-looks.js';
import { QualityPersonalData } from '../quality-personal-data.js';
import { AgentChart } from './agent-chart.js';
import { AgentFigures } from './agent-figures.queries.js';
import { AgentTrendPages } from './agent-trend.pages.js';
import { AgentTrends } from './agent-trends.js';
import { OpenCases } from './open-cases.queries.js';
import { OverviewController } from './overview.controller.js';
import { OverviewModel } from './overview-model.js';
import { OverviewPages } from './overview.pages.js';
import { OwnChartPages } from './own-chart.pages.js';
import { QualityOverview } from './quality-overview.js';
import { QualityTotals } from './quality-totals.queries.js';
import { QualityTrend } from './quality-trend.js';
import { StreakPositions } from './streak-positions.js';
import { TotalsChart } from './totals-chart.js';
import { WatchList } from './watch-list.js';

/** What shows how it goes; the quality module provides it. */
export const OVERVIEW_PROVIDERS = [
  FigureLooks,
  QualityPersonalData,
  QualityTotals,
  AgentFigures,
  AgentTrends,
  AgentChart,
  QualityTrend,
  TotalsChart,
  WatchList,
  OpenCases,
  QualityOverview,
  OverviewModel,
  StreakPositions,
];

/** What other modules use of it. */
export const OVERVIEW_EXPORTS = [FigureLooks, QualityTrend, StreakPositions];

/** What answers for it. */
export const OVERVIEW_CONTROLLERS = [OverviewController, OverviewPages, AgentTrendPages, OwnChartPages];
