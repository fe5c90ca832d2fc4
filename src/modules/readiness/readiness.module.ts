import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { GuidesModule } from '../guides/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { ShiftsModule } from '../shifts/index.js';
import { AskedVersions } from './asked-versions.js';
import { PlannedShifts } from './board/planned-shifts.js';
import { ShiftReadinessQueries } from './board/shift-readiness.queries.js';
import { GuideSpread } from './guide-spread.js';
import { OverrideLapse } from './overrides/override-lapse.js';
import { OverrideQueries } from './overrides/override.queries.js';
import { ReadinessFacts } from './readiness-facts.js';
import { ReadinessPersonalData } from './readiness-personal-data.js';
import { CoursesModule } from '../courses/index.js';
import { RequiredCourses } from './required-courses.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { ReadinessQueries } from './readiness.queries.js';
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
  imports: [AgentsModule, AuditModule, CoursesModule, GuidesModule, PrivacyModule, ShiftsModule, TasksModule],
  controllers: [SubscriptionsController, SubscriptionsPages],
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
    ReadinessQueries,
    PlannedShifts,
    OverrideQueries,
    OverrideLapse,
    ShiftReadinessQueries,
    SubscriptionService,
    ReadinessWatch,
    ReadinessDelivery,
    SubscriptionPersonalData,
    ReadinessPersonalData,
  ],
  exports: [ReadinessPolicyQueries, ReadinessQueries, ShiftReadinessQueries],
})
export class ReadinessModule {}
