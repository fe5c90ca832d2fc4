import type { DemoSize } from '../demo-progress.js';
import { addMonths, monthsFrom, type Month } from '../../modules/quality/index.js';
import type { LocalDate } from '../../common/local-date.js';

const FIRST: Month = '2024-12';
/** Left open in the small demonstration, so that somebody can try to import them. */
const OPEN = ['2026-05', '2026-06', '2026-07', '2026-08'];

/** The months whose figures a demonstration has: all that are over, but for those that the small one leaves open. */
export function demoMonths(size: DemoSize, today: LocalDate): Month[] {
  const months = monthsFrom(FIRST, addMonths(today.slice(0, 7), -1));
  return size === 'full' ? months : months.filter((month) => !OPEN.includes(month));
}
