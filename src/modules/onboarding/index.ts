export { OnboardingModule } from './onboarding.module.js';
export { RegistrationService } from './registration.service.js';
export { ReminderService } from './reminder.service.js';
export { MineCards, type MineCard } from './mine-cards.js';
export { ParticipationFacts, type ParticipationFact } from './participation-facts.js';
