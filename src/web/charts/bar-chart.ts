import type { EChartsCoreOption } from 'echarts/core';
import { formatShare } from '../format.js';
import { CHART_BASE, CHART_COLOURS, categoryAxis, gridOf, seriesLook, shareAxis } from './chart-theme.js';
import { whiskers } from './whiskers.js';

/** A share as a bar, with the interval in which the true one lies, where that is known. */
export interface ShareBar {
  name: string;
  value: number;
  low?: number;
  high?: number;
}

/** Shares of groups beside one another. */
export interface BarChart {
  language: string;
  bars: readonly ShareBar[];
  /** What the names below the bars stand for. */
  axisName?: string;
}

/** How the bars are drawn: from nothing up, the share in figures below each name, a whisker for the interval. */
export function barChartOption({ bars, language, axisName }: BarChart): EChartsCoreOption {
  const look = seriesLook(0);
  return {
    ...CHART_BASE,
    grid: { ...gridOf(), top: 16 },
    xAxis: {
      ...categoryAxis(
        bars.map(({ name, value }) => `${name}\n${formatShare(value, 1, language)}`),
        { everyName: true },
      ),
      name: axisName,
      nameLocation: 'middle',
      nameGap: 44,
      nameTextStyle: { color: CHART_COLOURS.text, fontSize: 13 },
    },
    yAxis: shareAxis(language, { max: roofOf(bars) }),
    series: [
      {
        type: 'bar',
        silent: true,
        data: bars.map(({ value }) => value),
        barMaxWidth: 72,
        itemStyle: { color: look.colour },
        emphasis: { disabled: true },
      },
      whiskers(
        bars.map(({ low, high }) => (low === undefined || high === undefined ? null : { low, high })),
        CHART_COLOURS.text,
      ),
    ],
  };
}

/** The next tenth above the highest, so that small shares can be told apart, and never above all. */
export function roofOf(bars: readonly ShareBar[]): number {
  const highest = Math.max(0, ...bars.map(({ value, high }) => Math.max(value, high ?? 0)));
  // Three tenths are a little more than three times a tenth to a computer.
  return Math.min(1, Math.max(1, Math.ceil(Math.round(highest * 1e6) / 1e5)) / 10);
}
