export { ReadinessModule } from './readiness.module.js';
export { ReadingRequirement } from './entities/reading-requirement.entity.js';
export { GuideSpread } from './guide-spread.js';
export { RequirementFacts } from './requirement-facts.js';
