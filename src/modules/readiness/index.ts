export { ReadinessModule } from './readiness.module.js';
export { ReadinessOverride } from './entities/readiness-override.entity.js';
export { ReadinessPolicy } from './entities/readiness-policy.entity.js';
export { ReadingRequirement } from './entities/reading-requirement.entity.js';
export { ReadinessMessage } from './webhooks/entities/readiness-message.entity.js';
export { ReadinessSubscription } from './webhooks/entities/readiness-subscription.entity.js';
export { ReadinessTold } from './webhooks/entities/readiness-told.entity.js';
export { ReadinessDelivery } from './webhooks/readiness-delivery.js';
export { ReadinessWatch } from './webhooks/readiness-watch.js';
export { GuideSpread } from './guide-spread.js';
export { RequirementFacts } from './requirement-facts.js';
export { ReadinessQueries, type ReadinessAnswer, type ReadinessQuestion } from './readiness.queries.js';
export { ReadinessPolicyQueries } from './readiness-policy.queries.js';
export {
  REASON_CODES,
  type Readiness,
  type ReadinessReason,
  type ReasonCode,
  type ReasonEffect,
} from './readiness.rules.js';
export {
  ShiftReadinessQueries,
  type ReadinessFilter,
  type ShiftReadiness,
} from './board/shift-readiness.queries.js';
export { MinutesNotice } from './entities/minutes-notice.entity.js';
export { ReadingNotice } from './entities/reading-notice.entity.js';
export { AcuteGuides } from './reminders/acute-guides.js';
export { GuideMinutes } from './reminders/guide-minutes.js';
export { LeaderReadings } from './reminders/leader-readings.js';
export { NoticePruning } from './reminders/notice-pruning.js';
export { ReadingDigests } from './reminders/reading-digests.js';
export { AgentReadinessModel } from './board/agent-readiness-model.js';
export { periodOf } from './board/period.js';
