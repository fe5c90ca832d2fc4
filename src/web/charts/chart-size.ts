import { z } from 'zod';

/** How large a chart is drawn: across the page, for a phone, or so small that it stands in a row of a table. */
export const CHART_SIZES = {
  wide: { width: 900, height: 380 },
  narrow: { width: 360, height: 320 },
  small: { width: 240, height: 72 },
} as const;

/** How large a chart is drawn. */
export type ChartSize = keyof typeof CHART_SIZES;

/** The size in an address; across the page when left out or unknown. */
export const chartSize = z.enum(['wide', 'narrow', 'small']).catch('wide');

/** What an image of a chart needs in a page: its addresses, its size, and the words of whoever does not see it. */
export interface ChartView {
  src: string;
  narrowSrc: string;
  alt: string;
  width: number;
  height: number;
}

/** The view of the chart at an address. */
export function chartView(path: string, alt: string): ChartView {
  return {
    src: path,
    narrowSrc: `${path}${path.includes('?') ? '&' : '?'}size=narrow`,
    alt,
    ...CHART_SIZES.wide,
  };
}
