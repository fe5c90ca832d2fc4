import { lineChartOption, type ShareLine } from '../../../web/charts/line-chart.js';
import type { ChartSize } from '../../../web/charts/chart-size.js';
import { renderChart } from '../../../web/charts/render-chart.js';
import { formatShortMonth } from '../../../web/format.js';
import { translator } from '../../../web/i18n/translate.js';
import type { RateInterval } from '../../../common/statistics/wilson.rules.js';
import type { Month } from '../month.rules.js';
import type { QualityPolicy } from '../streak.rules.js';

/** Rates by month, the first with their intervals, beside the threshold. */
export interface TrendChart {
  months: readonly Month[];
  lines: readonly { name: string; rates: readonly (RateInterval | null)[]; hasBand?: boolean }[];
  policy: Pick<QualityPolicy, 'threshold'> | null;
  language: string;
}

/** The image of rates over months. */
export function trendSvg({ months, lines, policy, language }: TrendChart, size: ChartSize): Promise<string> {
  const t = translator(language);
  const option = lineChartOption({
    language,
    categories: months.map((month) => formatShortMonth(month, language)),
    lines: lines.map(lineOf),
    ...(lines[0]?.hasBand && { intervalName: t('quality.interval') }),
    threshold: policy
      ? { name: t('quality.threshold'), value: policy.threshold.numerator / policy.threshold.denominator }
      : undefined,
    isBare: size === 'small',
  });
  return renderChart(option, size);
}

function lineOf({ name, rates, hasBand }: TrendChart['lines'][number]): ShareLine {
  return {
    name,
    points: rates.map(
      (one) => one && (hasBand ? { value: one.rate, low: one.low, high: one.high } : { value: one.rate }),
    ),
  };
}
