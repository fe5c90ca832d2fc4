import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { AttendanceFollowUp } from './attendance-follow-up.js';
import { AttendanceQueries } from './attendance.queries.js';
import { AttendanceService } from './attendance.service.js';
import { AttendanceWriter } from './attendance-writer.js';
import { Attendees } from './attendees.js';
import { BookingQueries } from './booking.queries.js';
import { BookingService } from './booking.service.js';
import { BookingSteps } from './booking-steps.js';
import { BookingsController } from './bookings.controller.js';
import { DayChangesService } from './day-changes.service.js';
import { DayParticipants } from './day-participants.js';
import { DayWriter } from './day-writer.js';
import { OnboardingDaysController } from './onboarding-days.controller.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';
import { OnboardingPersonalData } from './onboarding-personal-data.js';
import { RegistrationSeats } from './registration-seats.js';
import { SeatAllocation } from './seat-allocation.js';
import { SeatCalendar } from './seat-calendar.js';
import { SeatDays } from './seat-days.js';
import { SeatLifecycle } from './seat-lifecycle.js';
import { SeatMails } from './seat-mails.js';
import { SeatWorks } from './seat-works.js';
import { SeatWriter } from './seat-writer.js';
import { StatisticsController } from './statistics.controller.js';
import { StatisticsPages } from './statistics.pages.js';
import { StatisticsQueries } from './statistics.queries.js';
import { StatisticsService } from './statistics.service.js';
import { ThanksMail } from './thanks.mail.js';
import { ToldDays } from './told-days.js';

/** The one-day physical courses: seats, waiting lists, attendance. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, NotificationsModule, PrivacyModule],
  controllers: [StatisticsController, StatisticsPages, OnboardingDaysController, BookingsController],
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
    StatisticsQueries,
    StatisticsService,
    OnboardingPersonalData,
  ],
  exports: [OnboardingDayQueries, BookingQueries, RegistrationSeats],
})
export class OnboardingDaysModule {}
