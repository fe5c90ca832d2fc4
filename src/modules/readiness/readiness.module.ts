import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { GuidesModule } from '../guides/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ShiftsModule } from '../shifts/index.js';
import { AskedVersions } from './asked-versions.js';
import { PlannedShifts } from './board/planned-shifts.js';
import { ShiftReadinessQueries } from './board/shift-readiness.queries.js';
import { GuideSpread } from './guide-spread.js';
import { OverrideLapse } from './overrides/override-lapse.js';
import { OverrideQueries } from './overrides/override.queries.js';
import { ReadinessFacts } from './readiness-facts.js';
import { ReadinessPersonalData } from './readiness-personal-data.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { ReadinessQueries } from './readiness.queries.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementFollowUp } from './requirement-follow-up.js';
import { RequirementWriter } from './requirement-writer.js';
import { UnreadGuides } from './unread-guides.js';

/** Whether an agent is ready for the shift, and if not, what is missing. */
@Module({
  imports: [AgentsModule, AuditModule, GuidesModule, PrivacyModule, ShiftsModule],
  providers: [
    RequirementFacts,
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
    ReadinessPersonalData,
  ],
  exports: [ReadinessPolicyQueries, ReadinessQueries, ShiftReadinessQueries],
})
export class ReadinessModule {}
