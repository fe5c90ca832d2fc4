import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AgentChangesController } from './agent-changes.controller.js';
import { AgentLifecycle } from './agent-lifecycle.js';
import { AgentPersonalData } from './agent-personal-data.js';
import { DepartureService } from './departure.service.js';
import { DueChanges } from './due-changes.js';
import { EmploymentClock } from './employment-clock.js';
import { EmploymentEnds } from './employment-ends.js';
import { EmploymentService } from './employment.service.js';
import { MembershipEnds } from './membership-ends.js';
import { OpenEmployments } from './open-employments.js';
import { TransferFollowUp } from './transfer-follow-up.js';
import { TransferRequestQueries } from './transfer-request.queries.js';
import { TransferRequestService } from './transfer-request.service.js';
import { TransferSteps } from './transfer-steps.js';
import { TransferService } from './transfer.service.js';
import { TransfersPages } from './transfers.pages.js';

/** Agents and their periods of employment: from the first day over transfers to the last. */
@Module({
  imports: [AuditModule, IdentityModule, PrivacyModule, TasksModule],
  controllers: [AgentChangesController, TransfersPages],
  providers: [
    AgentLifecycle,
    OpenEmployments,
    EmploymentService,
    EmploymentEnds,
    DepartureService,
    TransferSteps,
    TransferService,
    TransferFollowUp,
    TransferRequestService,
    TransferRequestQueries,
    MembershipEnds,
    DueChanges,
    EmploymentClock,
    AgentPersonalData,
  ],
  exports: [
    AgentLifecycle,
    OpenEmployments,
    EmploymentService,
    EmploymentClock,
    DepartureService,
    TransferService,
    TransferRequestQueries,
  ],
})
export class AgentsModule {}
