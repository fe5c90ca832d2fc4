import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { GuidesModule } from '../guides/index.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { ShiftsModule } from '../shifts/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { AskedVersions } from './asked-versions.js';
import { AgentReadinessController } from './board/agent-readiness.controller.js';
import { AgentReadinessModel } from './board/agent-readiness-model.js';
import { AgentReadinessQueries } from './board/agent-readiness.queries.js';
import { BoardModel } from './board/board-model.js';
import { BoardPages } from './board/board.pages.js';
import { BoardQueries } from './board/board.queries.js';
import { PlannedShifts } from './board/planned-shifts.js';
import { ReadinessController } from './board/readiness.controller.js';
import { ReadinessExport } from './board/readiness-export.js';
import { ShiftNames } from './board/shift-names.js';
import { ShiftReadinessQueries } from './board/shift-readiness.queries.js';
import { DisputePages } from './disputes/dispute.pages.js';
import { ReadinessDisputeService } from './disputes/readiness-dispute.service.js';
import { GuideSpread } from './guide-spread.js';
import { OverrideLapse } from './overrides/override-lapse.js';
import { OverridePages } from './overrides/override.pages.js';
import { OverrideQueries } from './overrides/override.queries.js';
import { OverrideService } from './overrides/override.service.js';
import { OverridesController } from './overrides/overrides.controller.js';
import { ReckonedRequirements } from './reading/reckoned-requirements.js';
import { ReadingRequirementQueries } from './reading/reading-requirements.queries.js';
import { ReadingRequirementsController } from './reading/reading-requirements.controller.js';
import { ReadinessFacts } from './readiness-facts.js';
import { ReadinessPersonalData } from './readiness-personal-data.js';
import { CoursesModule } from '../courses/index.js';
import { RequiredCourses } from './required-courses.js';
import { ReadinessPolicyController } from './readiness-policy.controller.js';
import { ReadinessPolicyPages } from './readiness-policy.pages.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { ReadinessPolicyService } from './readiness-policy.service.js';
import { ReadinessQueries } from './readiness.queries.js';
import { REMINDER_PROVIDERS } from './reminders/reminder-providers.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementFollowUp } from './requirement-follow-up.js';
import { RequirementWriter } from './requirement-writer.js';
import { UnreadGuides } from './unread-guides.js';

import { ReadinessDelivery } from './webhooks/readiness-delivery.js';
import { ReadinessWatch } from './webhooks/readiness-watch.js';
import { SubscriptionPersonalData } from './webhooks/subscription-personal-data.js';
import { SubscriptionService } from './webhooks/subscription.service.js';
import { SubscriptionsController } from './webhooks/subscriptions.controller.js';
import { SubscriptionsPages } from './webhooks/subscriptions.pages.js';

/** Whether an agent is ready for the shift, and if not, what is missing. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    CoursesModule,
    GuidesModule,
    IdentityModule,
    MunicipalitiesModule,
    NotificationsModule,
    PrivacyModule,
    ShiftsModule,
    TasksModule,
  ],
  controllers: [
    ReadinessController,
    AgentReadinessController,
    OverridesController,
    ReadingRequirementsController,
    DisputePages,
    ReadinessPolicyController,
    ReadinessPolicyPages,
    BoardPages,
    OverridePages,
    SubscriptionsController,
    SubscriptionsPages,
  ],
  providers: [
    RequirementFacts,
    RequiredCourses,
    RequirementWriter,
    RequirementFollowUp,
    GuideSpread,
    AskedVersions,
    UnreadGuides,
    ReadinessFacts,
    ReadinessPolicyQueries,
    ReadinessPolicyService,
    ReadinessQueries,
    PlannedShifts,
    OverrideQueries,
    OverrideLapse,
    OverrideService,
    ShiftReadinessQueries,
    SubscriptionService,
    ReadinessWatch,
    ReadinessDelivery,
    SubscriptionPersonalData,
    ShiftNames,
    AgentReadinessQueries,
    AgentReadinessModel,
    ReckonedRequirements,
    ReadingRequirementQueries,
    ReadinessDisputeService,
    ReadinessExport,
    BoardQueries,
    BoardModel,
    ReadinessPersonalData,
    ...REMINDER_PROVIDERS,
  ],
  exports: [
    AgentReadinessModel,
    AgentReadinessQueries,
    ReadinessPolicyQueries,
    ReadinessQueries,
    ShiftReadinessQueries,
  ],
})
export class ReadinessModule {}
