export { OnboardingModule } from './onboarding.module.js';
export { MineCards, type MineCard } from './mine-cards.js';
export { ParticipationFacts, type Participation } from './participation-facts.js';
export { RegistrationService } from './registration.service.js';
export { ReminderService } from './reminder.service.js';
