import { FigureHistories } from './figure-histories.js';

/** What closes a month; the quality module provides it. */
export const CLOSING_PROVIDERS = [FigureHistories];
