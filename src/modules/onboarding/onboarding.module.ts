import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { importController, importPages, ImportsModule } from '../imports/index.js';
import { TasksModule } from '../tasks/index.js';
import { AgentChangeWriter } from './agent-change-writer.js';
import { AgentChangesPages } from './agent-changes.pages.js';
import { AgentChangesService } from './agent-changes.service.js';
import { AgentCoursesPages } from './agent-courses.pages.js';
import { AgentFollowUp } from './agent-follow-up.js';
import { AgentImport } from './agent-import.js';
import { AgentImportFacts } from './agent-import-facts.js';
import { AgentModel } from './agent-model.js';
import { AgentModelParts } from './agent-model-parts.js';
import { CourseProgressController } from './course-progress.controller.js';
import { CourseProgressPages } from './course-progress.pages.js';
import { CourseProgressQueries } from './course-progress.queries.js';
import { CourseProgressService } from './course-progress.service.js';
import { UndeliverableService } from './undeliverable.service.js';
import { CoursesModule } from '../courses/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { OnboardingDaysModule } from '../onboarding-days/index.js';
import { PackagesModule } from '../packages/index.js';
import { PlayerModule } from '../player/index.js';
import { ReadinessModule } from '../readiness/index.js';
import { AgentQueries } from './agent.queries.js';
import { AgentRegistrar } from './agent-registrar.js';
import { AgentsController } from './agents.controller.js';
import { AgentsPages } from './agents.pages.js';
import { HistoryService } from './history.service.js';
import { JourneyQueries } from './journey.queries.js';
import { LateLearners } from './late-learners.queries.js';
import { LinkRevocationService } from './link-revocation.service.js';
import { MineCards } from './mine-cards.js';
import { MinePages } from './mine.pages.js';
import { ParticipationFacts } from './participation-facts.js';
import { PersonalLinkPages } from './personal-link.pages.js';
import { RegisteredAgents } from './registered-agents.js';
import { RegistrationCheck } from './registration-check.js';
import { RegistrationChoices } from './registration-choices.js';
import { RegistrationFollowUp } from './registration-follow-up.js';
import { RegistrationPages } from './registration.pages.js';
import { RegistrationService } from './registration.service.js';
import { RemindNowMail } from './remind-now.mail.js';
import { RemindNowService } from './remind-now.service.js';
import { ReminderMail } from './reminder.mail.js';
import { ReminderService } from './reminder.service.js';
import { StartPages } from './start.pages.js';
import { WelcomeAgainService } from './welcome-again.service.js';
import { WelcomeService } from './welcome.service.js';

const AGENT_IMPORT = { kind: 'agents', roles: ['secretariat', 'leader'] as const, options: ['kind'] };

/** From registration to the first shift: registration, journey, reminders and the agent's own pages. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    CoursesModule,
    ImportsModule,
    TasksModule,
    IdentityModule,
    MunicipalitiesModule,
    NotificationsModule,
    OnboardingDaysModule,
    PackagesModule,
    PlayerModule,
    ReadinessModule,
  ],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    importController({ ...AGENT_IMPORT, path: 'agent-imports' }),
    AgentsController,
    importPages({ ...AGENT_IMPORT, path: 'agenter/import' }),
    RegistrationPages,
    AgentsPages,
    AgentChangesPages,
    AgentCoursesPages,
    MinePages,
    PersonalLinkPages,
    StartPages,
    CourseProgressController,
    CourseProgressPages,
  ],
  providers: [
    AgentQueries,
    JourneyQueries,
    AgentRegistrar,
    RegisteredAgents,
    RegistrationService,
    RegistrationCheck,
    RegistrationChoices,
    RegistrationFollowUp,
    HistoryService,
    WelcomeService,
    WelcomeAgainService,
    LinkRevocationService,
    ReminderMail,
    ReminderService,
    AgentModel,
    AgentModelParts,
    AgentChangesService,
    AgentChangeWriter,
    AgentFollowUp,
    AgentImport,
    AgentImportFacts,
    UndeliverableService,
    CourseProgressQueries,
    CourseProgressService,
    LateLearners,
    RemindNowMail,
    RemindNowService,
    MineCards,
    ParticipationFacts,
  ],
  exports: [MineCards, ParticipationFacts, RegistrationService, ReminderService],
})
export class OnboardingModule {}
