import { FigureLooks } from '../figure-looks.js';

/** What shows how it goes; the quality module provides it. */
export const OVERVIEW_PROVIDERS = [FigureLooks];
