import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { GuidesModule } from '../guides/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { ShiftsModule } from '../shifts/index.js';
import { GuideSpread } from './guide-spread.js';
import { ReadinessPersonalData } from './readiness-personal-data.js';
import { CoursesModule } from '../courses/index.js';
import { RequiredCourses } from './required-courses.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementFollowUp } from './requirement-follow-up.js';
import { RequirementWriter } from './requirement-writer.js';

/** Whether an agent is ready for the shift, and if not, what is missing. */
@Module({
  imports: [AgentsModule, CoursesModule, GuidesModule, PrivacyModule, ShiftsModule],
  providers: [
    RequirementFacts,
    RequiredCourses,
    RequirementWriter,
    RequirementFollowUp,
    GuideSpread,
    ReadinessPersonalData,
  ],
  exports: [],
})
export class ReadinessModule {}
