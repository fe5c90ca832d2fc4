import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import { CoursesController } from './courses.controller.js';
import { CoursesPages } from './courses.pages.js';
import { EnrolmentQueries } from './enrolment.queries.js';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentsController } from './enrolments.controller.js';
import { LateEnrolments } from './late-enrolments.js';

/** E-learning courses, enrolments and the ledger of completions. */
@Module({
  imports: [AuditModule, NotificationsModule],
  controllers: [CoursesController, EnrolmentsController, CoursesPages],
  providers: [CourseService, CourseQueries, EnrolmentService, EnrolmentQueries, LateEnrolments],
  exports: [CourseQueries, EnrolmentService, EnrolmentQueries, LateEnrolments],
})
export class CoursesModule {}
