import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { OnboardingDaysModule } from '../onboarding-days/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { QualityModule } from '../quality/index.js';
import { ReadinessModule } from '../readiness/index.js';
import { AttendanceExport } from './attendance-export.js';
import { AttendanceReportController } from './attendance-report.controller.js';
import { AttendanceReportPages } from './attendance-report.pages.js';
import { AttendanceReport } from './attendance-report.queries.js';
import { CompletionExport } from './completion-export.js';
import { CompletionReport } from './completion-report.queries.js';
import { QualityExport } from './quality-export.js';
import { QualityReportController } from './quality-report.controller.js';
import { QualityReportPages } from './quality-report.pages.js';
import { QualityReport } from './quality-report.queries.js';
import { ReadingTimeController } from './reading-time.controller.js';
import { ReadingTimeExport } from './reading-time-export.js';
import { ReadingTimePages } from './reading-time.pages.js';
import { ReadingTimeReport } from './reading-time.queries.js';
import { ReadinessReportController } from './readiness-report.controller.js';
import { ReadinessReport } from './readiness-report.queries.js';
import { ReportsController } from './reports.controller.js';
import { ReportChoices } from './report-choices.js';
import { ReportsPages } from './reports.pages.js';
import { ReportPersonalData } from './report-personal-data.js';
import { SavedReportService } from './saved-report.service.js';

/** Reports; they read the tables of other modules and write only their own. */
@Module({
  imports: [
    CoursesModule,
    IdentityModule,
    MunicipalitiesModule,
    OnboardingDaysModule,
    PrivacyModule,
    QualityModule,
    ReadinessModule,
  ],
  controllers: [
    ReportsController,
    ReportsPages,
    AttendanceReportController,
    AttendanceReportPages,
    ReadingTimeController,
    ReadingTimePages,
    ReadinessReportController,
    QualityReportController,
    QualityReportPages,
  ],
  providers: [
    CompletionReport,
    CompletionExport,
    AttendanceReport,
    AttendanceExport,
    ReadingTimeReport,
    ReadingTimeExport,
    ReadinessReport,
    QualityReport,
    QualityExport,
    ReportChoices,
    SavedReportService,
    ReportPersonalData,
  ],
})
export class ReportsModule {}
