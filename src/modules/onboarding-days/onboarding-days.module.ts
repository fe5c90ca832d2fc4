import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AttendanceFollowUp } from './attendance-follow-up.js';
import { AttendanceWriter } from './attendance-writer.js';
import { AttendanceQueries } from './attendance.queries.js';
import { AttendanceService } from './attendance.service.js';
import { Attendees } from './attendees.js';
import { BookingSteps } from './booking-steps.js';
import { BookingQueries } from './booking.queries.js';
import { BookingService } from './booking.service.js';
import { BookingsController } from './bookings.controller.js';
import { CheckInCodePages } from './check-in-code.pages.js';
import { CheckInPages } from './check-in.pages.js';
import { CheckInService } from './check-in.service.js';
import { DayChangesService } from './day-changes.service.js';
import { DayDocuments } from './day-documents.js';
import { DayDocumentsPages } from './day-documents.pages.js';
import { DayParticipants } from './day-participants.js';
import { DayWriter } from './day-writer.js';
import { OnboardingDaysController } from './onboarding-days.controller.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';
import { OnboardingPersonalData } from './onboarding-personal-data.js';
import { RegistrationSeats } from './registration-seats.js';
import { RollCallClock } from './roll-call-clock.js';
import { RollCallModel } from './roll-call-model.js';
import { RollCallTasks } from './roll-call-tasks.js';
import { RollCallPages } from './roll-call.pages.js';
import { RollCallQueries } from './roll-call.queries.js';
import { RollCallService } from './roll-call.service.js';
import { SeatAllocation } from './seat-allocation.js';
import { SeatCalendar } from './seat-calendar.js';
import { SeatDays } from './seat-days.js';
import { SeatLifecycle } from './seat-lifecycle.js';
import { SeatMails } from './seat-mails.js';
import { SeatWorks } from './seat-works.js';
import { SeatWriter } from './seat-writer.js';
import { ThanksMail } from './thanks.mail.js';
import { ToldDays } from './told-days.js';

/** The one-day physical courses: seats, waiting lists, attendance. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, NotificationsModule, PrivacyModule, TasksModule],
  controllers: [
    OnboardingDaysController,
    BookingsController,
    RollCallPages,
    CheckInCodePages,
    CheckInPages,
    DayDocumentsPages,
  ],
  providers: [
    OnboardingDayQueries,
    OnboardingDayService,
    DayChangesService,
    DayParticipants,
    DayWriter,
    BookingQueries,
    BookingService,
    BookingSteps,
    AttendanceQueries,
    AttendanceService,
    AttendanceWriter,
    AttendanceFollowUp,
    RollCallService,
    RollCallModel,
    RollCallQueries,
    RollCallTasks,
    RollCallClock,
    CheckInService,
    DayDocuments,
    ThanksMail,
    Attendees,
    SeatAllocation,
    SeatCalendar,
    SeatDays,
    SeatLifecycle,
    SeatMails,
    SeatWorks,
    SeatWriter,
    RegistrationSeats,
    ToldDays,
    OnboardingPersonalData,
  ],
  exports: [OnboardingDayQueries, BookingQueries, RegistrationSeats],
})
export class OnboardingDaysModule {}
