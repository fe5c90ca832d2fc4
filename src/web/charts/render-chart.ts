import type { EChartsCoreOption } from 'echarts/core';
import { CHART_SIZES, type ChartSize } from './chart-size.js';
import { plainSvg } from './plain-svg.js';

/** A chart as SVG that carries no script and no style. The library is loaded with the first one. */
export async function renderChart(option: EChartsCoreOption, size: ChartSize): Promise<string> {
  const { drawSvg } = await import('./chart-engine.js');
  const { width, height } = CHART_SIZES[size];
  return plainSvg(drawSvg(option, width, height));
}
