import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { CoursesModule } from '../courses/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { OnboardingDaysModule } from '../onboarding-days/index.js';
import { AgentQueries } from './agent.queries.js';
import { AgentRegistrar } from './agent-registrar.js';
import { AgentsController } from './agents.controller.js';
import { AgentsPages } from './agents.pages.js';
import { HistoryService } from './history.service.js';
import { JourneyQueries } from './journey.queries.js';
import { LinkRevocationService } from './link-revocation.service.js';
import { MinePages } from './mine.pages.js';
import { PersonalLinkPages } from './personal-link.pages.js';
import { RegisteredAgents } from './registered-agents.js';
import { RegistrationCheck } from './registration-check.js';
import { RegistrationChoices } from './registration-choices.js';
import { RegistrationPages } from './registration.pages.js';
import { RegistrationService } from './registration.service.js';
import { ReminderMail } from './reminder.mail.js';
import { ReminderService } from './reminder.service.js';
import { StartPages } from './start.pages.js';
import { WelcomeAgainService } from './welcome-again.service.js';
import { WelcomeService } from './welcome.service.js';

/** From registration to the first shift: registration, journey, reminders and the agent's own pages. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    CoursesModule,
    IdentityModule,
    MunicipalitiesModule,
    NotificationsModule,
    OnboardingDaysModule,
  ],
  // The form's path `agenter/ny` must be known before `agenter/:id`.
  controllers: [AgentsController, RegistrationPages, AgentsPages, MinePages, PersonalLinkPages, StartPages],
  providers: [
    AgentQueries,
    JourneyQueries,
    AgentRegistrar,
    RegisteredAgents,
    RegistrationService,
    RegistrationCheck,
    RegistrationChoices,
    HistoryService,
    WelcomeService,
    WelcomeAgainService,
    LinkRevocationService,
    ReminderMail,
    ReminderService,
  ],
  exports: [RegistrationService, ReminderService],
})
export class OnboardingModule {}
