import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { GuidesModule } from '../guides/index.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ShiftsModule } from '../shifts/index.js';
import { GuideSpread } from './guide-spread.js';
import { ReadinessPersonalData } from './readiness-personal-data.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementFollowUp } from './requirement-follow-up.js';
import { REMINDER_PROVIDERS } from './reminders/reminder-providers.js';
import { RequirementWriter } from './requirement-writer.js';

/** Whether an agent is ready for the shift, and if not, what is missing. */
@Module({
  imports: [AgentsModule, GuidesModule, IdentityModule, NotificationsModule, PrivacyModule, ShiftsModule],
  providers: [
    RequirementFacts,
    RequirementWriter,
    RequirementFollowUp,
    GuideSpread,
    ReadinessPersonalData,
    ...REMINDER_PROVIDERS,
  ],
  exports: [],
})
export class ReadinessModule {}
