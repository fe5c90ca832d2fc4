import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { OnboardingDaysController } from './onboarding-days.controller.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';

/** The one-day physical courses. */
@Module({
  imports: [AuditModule],
  controllers: [OnboardingDaysController],
  providers: [OnboardingDayQueries, OnboardingDayService],
  exports: [OnboardingDayQueries],
})
export class OnboardingDaysModule {}
