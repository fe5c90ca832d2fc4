import { QualityPolicies } from './quality-policies.js';

/** The policy of quality and the agreements with the municipalities; the quality module provides it. */
export const POLICY_PROVIDERS = [QualityPolicies];
