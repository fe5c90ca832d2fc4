import type { EChartsCoreOption } from 'echarts/core';
import { formatShare } from '../format.js';
import {
  CHART_BASE,
  CHART_COLOURS,
  categoryAxis,
  gridOf,
  legendOf,
  seriesLook,
  shareAxis,
} from './chart-theme.js';
import { whiskers } from './whiskers.js';

/** Three strokes, as the threshold is drawn: the legend would give it a mark otherwise. */
const DASHES = 'path://M0 9h7v2H0zM10 9h7v2h-7zM20 9h7v2h-7z';

/** A share with the interval in which the true one lies, where that is known. */
export interface SharePoint {
  value: number;
  low?: number;
  high?: number;
}

/** One line; null where nothing is known, so that the line has a gap. */
export interface ShareLine {
  name: string;
  points: readonly (SharePoint | null)[];
}

/** Shares over time. */
export interface LineChart {
  language: string;
  /** What stands below each point. */
  categories: readonly string[];
  lines: readonly ShareLine[];
  /** What the band around the first line is called; no band without it. */
  intervalName?: string;
  threshold?: { name: string; value: number } | undefined;
  /** Only the lines, for a row of a table. */
  isBare?: boolean;
}

/** How the lines are drawn: a band (or, where a point stands alone, a whisker) around the first, a stroke for the threshold. */
export function lineChartOption(chart: LineChart): EChartsCoreOption {
  const { categories, lines, intervalName, isBare = false, language } = chart;
  const hasBand = intervalName !== undefined && lines.length > 0;
  const threshold = thresholdOf(chart);
  return {
    ...CHART_BASE,
    // It stands in rows of more than one colour.
    ...(isBare && { backgroundColor: 'transparent' }),
    grid: gridOf(!isBare),
    ...(!isBare && {
      legend: legendOf(
        [...lines.map(({ name }) => name), ...threshold.map(({ name }) => ({ name, icon: DASHES }))],
        hasBand ? intervalName : undefined,
      ),
    }),
    xAxis: { ...categoryAxis(categories, { isShown: !isBare }), boundaryGap: true },
    yAxis: shareAxis(language, { isShown: !isBare }),
    series: [
      ...(hasBand ? bandOf(lines[0]!, intervalName) : []),
      ...lines.map((line, n) => lineOf(line, n, isBare)),
      ...threshold,
    ],
  };
}

function lineOf({ name, points }: ShareLine, n: number, isBare: boolean) {
  const { colour, dashes, mark } = seriesLook(n);
  return {
    type: 'line',
    name,
    silent: true,
    data: points.map((point) => point?.value ?? null),
    symbol: mark,
    symbolSize: isBare ? 4 : 8,
    showAllSymbol: true,
    itemStyle: { color: colour },
    lineStyle: { color: colour, type: dashes, width: n === 0 ? 3 : 2 },
    emphasis: { disabled: true },
    z: 5 - Math.min(n, 2),
  };
}

/** Two lines nobody sees, the second upon the first, and what lies between them filled. */
function bandOf({ points }: ShareLine, name: string) {
  const known = points.map((point) => intervalOf(point));
  const hidden = {
    type: 'line',
    stack: 'band',
    stackStrategy: 'all',
    silent: true,
    symbol: 'none',
    lineStyle: { opacity: 0 },
    emphasis: { disabled: true },
    z: 1,
  };
  const fill = { color: CHART_COLOURS.bands };
  return [
    { ...hidden, name: '', data: known.map((one) => one?.low ?? null) },
    {
      ...hidden,
      name,
      itemStyle: fill,
      areaStyle: fill,
      data: known.map((one) => one && one.high - one.low),
    },
    whiskers(
      known.map((one, n) => (known[n - 1] || known[n + 1] ? null : one)),
      seriesLook(0).colour,
    ),
  ];
}

function intervalOf(point: SharePoint | null | undefined): { low: number; high: number } | null {
  if (point?.low === undefined || point.high === undefined) return null;
  return { low: point.low, high: point.high };
}

/** A line of its own across the whole width, named in the legend: beside the line its name would stand upon points. */
function thresholdOf({ threshold, language }: LineChart) {
  if (!threshold) return [];
  const look = { color: CHART_COLOURS.threshold, type: [8, 4], width: 2 };
  return [
    {
      type: 'line',
      name: `${threshold.name}: ${formatShare(threshold.value, 1, language)}`,
      silent: true,
      data: [],
      symbol: 'none',
      lineStyle: look,
      itemStyle: { color: CHART_COLOURS.threshold },
      emphasis: { disabled: true },
      markLine: {
        silent: true,
        symbol: 'none',
        lineStyle: look,
        emphasis: { disabled: true },
        label: { show: false },
        data: [{ yAxis: threshold.value }],
      },
    },
  ];
}
