import type { EChartsCoreOption } from 'echarts/core';
import { formatNumber } from '../format.js';
import { CHART_BASE, CHART_COLOURS, categoryAxis, gridOf, seriesLook } from './chart-theme.js';
import { whiskers } from './whiskers.js';

/** How much larger one group's share is than another's, with its interval; each a fraction, below nothing when smaller. */
export interface Difference {
  name: string;
  value: number;
  low: number;
  high: number;
}

/** Differences below one another. */
export interface DifferenceChart {
  language: string;
  differences: readonly Difference[];
  /** What the numbers below stand for, such as percentage points. */
  axisName: string;
}

/** How they are drawn: a mark with its interval along a line for each, and an upright where there is no difference. */
export function differenceChartOption({
  differences,
  language,
  axisName,
}: DifferenceChart): EChartsCoreOption {
  const look = seriesLook(0);
  const reach = reachOf(differences);
  return {
    ...CHART_BASE,
    grid: { ...gridOf(), top: 8 },
    xAxis: {
      type: 'value',
      min: -reach,
      max: reach,
      name: axisName,
      nameLocation: 'middle',
      nameGap: 30,
      nameTextStyle: { color: CHART_COLOURS.text, fontSize: 13 },
      axisLabel: {
        color: CHART_COLOURS.text,
        fontSize: 13,
        formatter: (value: number) => signed(value, language),
      },
      splitLine: { lineStyle: { color: CHART_COLOURS.grid } },
    },
    // The first stands above.
    yAxis: { ...categoryAxis(differences.map(({ name }) => name)), inverse: true },
    series: [
      whiskers(differences, look.colour, 'across'),
      {
        type: 'scatter',
        silent: true,
        data: differences.map(({ value }, place) => [value, place]),
        symbol: 'circle',
        symbolSize: 12,
        itemStyle: { color: look.colour, opacity: 1 },
        emphasis: { disabled: true },
        z: 5,
        markLine: {
          silent: true,
          symbol: 'none',
          label: { show: false },
          emphasis: { disabled: true },
          lineStyle: { color: CHART_COLOURS.text, type: 'solid', width: 2 },
          data: [{ xAxis: 0 }],
        },
      },
    ],
  };
}

/** As far to one side as to the other: the next twentieth beyond the widest interval. */
export function reachOf(differences: readonly Pick<Difference, 'low' | 'high'>[]): number {
  const widest = Math.max(0, ...differences.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)]));
  return Math.max(1, Math.ceil(Math.round(widest * 1e6) / 5e4)) / 20;
}

/** A difference in hundredths with its sign: `+6,0`, `−2,5`, `0`. */
function signed(value: number, language: string): string {
  const points = Math.round(value * 1000) / 10;
  const sign = points > 0 ? '+' : '';
  return `${sign}${formatNumber(points, language)}`.replace('-', '−');
}
