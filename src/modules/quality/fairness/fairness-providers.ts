import { FairnessPages } from './fairness.pages.js';
import { FairnessStudy } from './fairness-study.js';

/** What tells whether the rule is fair; the quality module provides it. */
export const FAIRNESS_PROVIDERS = [FairnessStudy];

/** What answers for it. */
export const FAIRNESS_CONTROLLERS = [FairnessPages];
