import type { CustomSeriesOption, CustomSeriesRenderItem } from 'echarts';

/** From where to where the interval of one place goes; null for a place without one. */
export interface Interval {
  low: number;
  high: number;
}

const HALF_CAP = 5;

/**
 * A stroke with two ends for each interval.
 * @param direction `up` across an axis of words that lies, `across` along one that stands
 */
export function whiskers(
  intervals: readonly (Interval | null)[],
  colour: string,
  direction: 'up' | 'across' = 'up',
): CustomSeriesOption {
  return {
    type: 'custom',
    silent: true,
    z: 4,
    encode: direction === 'up' ? { x: 0, y: [1, 2] } : { x: [1, 2], y: 0 },
    data: intervals.flatMap((one, place) => (one ? [[place, one.low, one.high]] : [])),
    renderItem: drawn(colour, direction),
  };
}

function drawn(colour: string, direction: 'up' | 'across'): CustomSeriesRenderItem {
  const line = (x1: number, y1: number, x2: number, y2: number) => ({
    type: 'line' as const,
    shape: { x1, y1, x2, y2 },
    style: { stroke: colour, lineWidth: 2 },
  });
  return (_, api) => {
    const [place, low, high] = [0, 1, 2].map((n) => Number(api.value(n))) as [number, number, number];
    const point = (value: number) => api.coord(direction === 'up' ? [place, value] : [value, place]);
    const [[x1 = 0, y1 = 0], [x2 = 0, y2 = 0]] = [point(low), point(high)] as [number[], number[]];
    const [dx, dy] = direction === 'up' ? [HALF_CAP, 0] : [0, HALF_CAP];
    return {
      type: 'group',
      children: [
        line(x1, y1, x2, y2),
        line(x1 - dx, y1 - dy, x1 + dx, y1 + dy),
        line(x2 - dx, y2 - dy, x2 + dx, y2 + dy),
      ],
    };
  };
}
