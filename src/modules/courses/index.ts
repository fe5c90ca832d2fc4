export { CoursesModule } from './courses.module.js';
export { LateEnrolments } from './late-enrolments.js';
export { CourseQueries, type CourseRow } from './course.queries.js';
export { EnrolmentService, type RecordedEvent } from './enrolment.service.js';
export { EnrolmentQueries, type LearnerCourse } from './enrolment.queries.js';
export { launchUrl } from './launch.rules.js';
export type { EnrolmentState } from './completion.rules.js';
export { Course, CourseVersion } from './entities/course.entity.js';
export { CompletionEvent, Enrolment } from './entities/enrolment.entity.js';
