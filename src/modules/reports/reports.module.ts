import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { CompletionExport } from './completion-export.js';
import { CompletionReport } from './completion-report.queries.js';
import { ReportsController } from './reports.controller.js';
import { ReportChoices } from './report-choices.js';
import { ReportsPages } from './reports.pages.js';
import { ReportPersonalData } from './report-personal-data.js';
import { SavedReportService } from './saved-report.service.js';

/** Reports; they read the tables of other modules and write only their own. */
@Module({
  imports: [CoursesModule, IdentityModule, MunicipalitiesModule, PrivacyModule],
  controllers: [ReportsController, ReportsPages],
  providers: [CompletionReport, CompletionExport, ReportChoices, SavedReportService, ReportPersonalData],
})
export class ReportsModule {}
