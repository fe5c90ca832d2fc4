import { AgreementService } from './agreement.service.js';
import { AgreementsController } from './agreements.controller.js';
import { AgreementsPages } from './agreements.pages.js';
import { AgreementQueries } from './agreements.queries.js';
import { QualityPolicies } from './quality-policies.js';
import { QualityPolicyController } from './quality-policy.controller.js';
import { QualityPolicyPages } from './quality-policy.pages.js';
import { QualityPolicyQueries } from './quality-policy.queries.js';
import { QualityPolicyService } from './quality-policy.service.js';

/** The policy of quality and the agreements with the municipalities; the quality module provides it. */
export const POLICY_PROVIDERS = [
  AgreementQueries,
  AgreementService,
  QualityPolicies,
  QualityPolicyQueries,
  QualityPolicyService,
];

/** Their routes. */
export const POLICY_CONTROLLERS = [
  AgreementsController,
  AgreementsPages,
  QualityPolicyController,
  QualityPolicyPages,
];
