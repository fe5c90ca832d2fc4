import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { importController, importPages, ImportsModule } from '../imports/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PackagesModule } from '../packages/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { CompletionImport } from './completion-import.js';
import { CoursePersonalData } from './course-personal-data.js';
import { CourseQueries } from './course.queries.js';
import { CourseService } from './course.service.js';
import { CoursesController } from './courses.controller.js';
import { CoursesPages } from './courses.pages.js';
import { EnrolmentChangesService } from './enrolment-changes.service.js';
import { EnrolmentEvents } from './enrolment-events.js';
import { EnrolmentQueries } from './enrolment.queries.js';
import { EnrolmentService } from './enrolment.service.js';
import { EnrolmentsController } from './enrolments.controller.js';
import { LateEnrolments } from './late-enrolments.js';
import { LeaderEnrolments } from './leader-enrolments.js';
import { PackageVersionService } from './package-version.service.js';
import { PublicationMail } from './publication.mail.js';
import { PublicationService } from './publication.service.js';
import { RetakeService } from './retake.service.js';
import { VersionPackages } from './version-packages.js';

const COMPLETION_IMPORT = { kind: 'completions', roles: ['secretariat'] as const };

/** E-learning courses, enrolments and the ledger of completions. */
@Module({
  imports: [AuditModule, IdentityModule, ImportsModule, NotificationsModule, PackagesModule, PrivacyModule],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    CoursesController,
    EnrolmentsController,
    importController({ ...COMPLETION_IMPORT, path: 'completion-imports' }),
    importPages({ ...COMPLETION_IMPORT, path: 'e-laering/gennemfoerelser' }),
    CoursesPages,
  ],
  providers: [
    CourseService,
    CourseQueries,
    PackageVersionService,
    VersionPackages,
    RetakeService,
    PublicationService,
    PublicationMail,
    EnrolmentService,
    EnrolmentEvents,
    EnrolmentChangesService,
    EnrolmentQueries,
    LateEnrolments,
    LeaderEnrolments,
    CompletionImport,
    CoursePersonalData,
  ],
  exports: [
    CourseQueries,
    EnrolmentEvents,
    EnrolmentService,
    EnrolmentChangesService,
    EnrolmentQueries,
    LateEnrolments,
  ],
})
export class CoursesModule {}
