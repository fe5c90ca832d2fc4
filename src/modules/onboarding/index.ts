export { OnboardingModule } from './onboarding.module.js';
export { RegistrationService } from './registration.service.js';
export { ReminderService } from './reminder.service.js';
