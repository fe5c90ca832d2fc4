export { OnboardingDaysModule } from './onboarding-days.module.js';
export { OnboardingDayQueries, type OnboardingDayRow } from './onboarding-days.queries.js';
export { OnboardingDay } from './entities/onboarding-day.entity.js';
