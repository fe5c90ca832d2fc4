import type { EChartsCoreOption } from 'echarts/core';
import { formatShare } from '../format.js';

/** An image uses no font of the page. */
export const CHART_FONT = 'Arial, Helvetica, sans-serif';

/** Each has a contrast of at least 4.5 to 1 against white but for the lines of the grid, which carry nothing. */
export const CHART_COLOURS = {
  text: '#1a1a1a',
  axis: '#747474',
  grid: '#dcdcdc',
  threshold: '#cc0000',
  bands: 'rgba(0, 89, 179, 0.16)',
} as const;

/** What tells series from one another: colour, dashes and marks, so that no colour tells anything alone. */
export const SERIES_LOOKS = [
  { colour: '#0059b3', dashes: 'solid', mark: 'circle' },
  { colour: '#1a1a1a', dashes: 'dashed', mark: 'diamond' },
  { colour: '#9a4a00', dashes: 'dotted', mark: 'triangle' },
  { colour: '#2b6b00', dashes: 'solid', mark: 'rect' },
] as const;

/** How the n-th series looks. */
export function seriesLook(n: number): (typeof SERIES_LOOKS)[number] {
  return SERIES_LOOKS[n % SERIES_LOOKS.length]!;
}

/** What every chart begins with: nothing moves, and text is set in one font. */
export const CHART_BASE: EChartsCoreOption = {
  animation: false,
  backgroundColor: '#ffffff',
  textStyle: { fontFamily: CHART_FONT, fontSize: 13, color: CHART_COLOURS.text },
};

const LABEL = { fontFamily: CHART_FONT, fontSize: 13, color: CHART_COLOURS.text };

/** An axis of words, one for each place; where there is no room for all, some are left out, or only those that would overlap. */
export function categoryAxis(categories: readonly string[], { isShown = true, everyName = false } = {}) {
  return {
    type: 'category' as const,
    data: [...categories],
    show: isShown,
    axisLine: { lineStyle: { color: CHART_COLOURS.axis } },
    axisTick: { alignWithLabel: true, lineStyle: { color: CHART_COLOURS.axis } },
    axisLabel: { ...LABEL, hideOverlap: true, ...(everyName && { interval: 0 }) },
  };
}

/** An axis of shares from nothing to all, or to the next tenth above the highest. */
export function shareAxis(language: string, { max = 1, isShown = true } = {}) {
  return {
    type: 'value' as const,
    min: 0,
    max,
    show: isShown,
    axisLabel: { ...LABEL, formatter: (share: number) => formatShare(share, 1, language) },
    splitLine: { lineStyle: { color: CHART_COLOURS.grid } },
  };
}

/** A legend above that names the series given, and no others; a band is shown as a patch. */
export function legendOf(names: readonly (string | { name: string; icon: string })[], bandName?: string) {
  return {
    data: [...names, ...(bandName === undefined ? [] : [{ name: bandName, icon: 'rect' }])],
    top: 0,
    left: 0,
    itemWidth: 28,
    selectedMode: false as const,
    textStyle: LABEL,
  };
}

/** The room around the drawing; none for one without words. */
export function gridOf(hasWords = true) {
  return hasWords
    ? {
        left: 8,
        right: 24,
        top: 56,
        bottom: 8,
        outerBoundsMode: 'same' as const,
        outerBoundsContain: 'all' as const,
      }
    : { left: 2, right: 2, top: 4, bottom: 4 };
}
