import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { IdentityModule } from '../identity/index.js';
import { MunicipalitiesModule } from '../municipalities/index.js';
import { CompletionReport } from './completion-report.queries.js';
import { ReportsController } from './reports.controller.js';
import { ReportsPages } from './reports.pages.js';

/** Reports; they read the tables of other modules and write nothing. */
@Module({
  imports: [CoursesModule, IdentityModule, MunicipalitiesModule],
  controllers: [ReportsController, ReportsPages],
  providers: [CompletionReport],
})
export class ReportsModule {}
