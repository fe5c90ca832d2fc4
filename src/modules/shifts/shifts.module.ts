import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { ImportsModule } from '../imports/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { FeedOutcome } from './feed/feed-outcome.js';
import { FetchedPlan } from './feed/fetched-plan.js';
import { IncomingPlan } from './feed/incoming-plan.js';
import { PlanFeedPages } from './feed/plan-feed.pages.js';
import { PlanFeedService } from './feed/plan-feed.service.js';
import { PlanFeed } from './feed/plan-feed.js';
import { PlanFetch } from './feed/plan-fetch.js';
import { PlanStore } from './import/files/plan-store.js';
import { HeapCare } from './import/heap-care.js';
import { ImportEnds } from './import/import-ends.js';
import { ImportLease } from './import/import-lease.js';
import { ImportWork } from './import/import-work.js';
import { PlanComparing } from './import/plan-comparing.js';
import { PlanFacts } from './import/plan-facts.js';
import { PlanHeaders } from './import/plan-headers.js';
import { PlanReading } from './import/plan-reading.js';
import { PlanUpload } from './import/plan-upload.js';
import { PlanWriting } from './import/plan-writing.js';
import { ShiftImportChanges } from './import/shift-import-changes.js';
import { ShiftImportRunner } from './import/shift-import-runner.js';
import { ShiftImportModel } from './import/shift-import.model.js';
import { ShiftImportPages } from './import/shift-import.pages.js';
import { ShiftImportQueries } from './import/shift-import.queries.js';
import { ShiftImportService } from './import/shift-import.service.js';
import { ShiftImportsController } from './import/shift-imports.controller.js';
import { PlanAge } from './plan-age.js';
import { ChangeShiftPages } from './plan/change-shift.pages.js';
import { PlannableAgents } from './plan/plannable-agents.queries.js';
import { ShiftListPages } from './plan/shift-list.pages.js';
import { ShiftQueries } from './plan/shift.queries.js';
import { ShiftsController } from './plan/shifts.controller.js';
import { ShiftEvents } from './shift-events.js';
import { ShiftLifecycle } from './shift-lifecycle.js';
import { ShiftPersonalData } from './shift-personal-data.js';
import { ShiftService } from './shift.service.js';
import { ShiftWriter } from './shift-writer.js';

/** The shift plan: who is on the phones when, and how that comes in. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    IdentityModule,
    ImportsModule,
    MunicipalitiesModule,
    PrivacyModule,
    TasksModule,
  ],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    ShiftsController,
    ShiftImportsController,
    ShiftImportPages,
    ShiftListPages,
    ChangeShiftPages,
    PlanFeedPages,
  ],
  providers: [
    ShiftEvents,
    ShiftWriter,
    ShiftService,
    ShiftQueries,
    ShiftLifecycle,
    ShiftPersonalData,
    PlannableAgents,
    PlanAge,
    PlanStore,
    PlanHeaders,
    PlanUpload,
    PlanReading,
    PlanFacts,
    PlanComparing,
    PlanWriting,
    HeapCare,
    ImportLease,
    ImportEnds,
    ImportWork,
    ShiftImportService,
    ShiftImportRunner,
    ShiftImportQueries,
    ShiftImportChanges,
    ShiftImportModel,
    PlanFetch,
    PlanFeedService,
    IncomingPlan,
    FeedOutcome,
    FetchedPlan,
    PlanFeed,
  ],
  exports: [ShiftEvents, ShiftWriter, ShiftService, PlanAge],
})
export class ShiftsModule {}
