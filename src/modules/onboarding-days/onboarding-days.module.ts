import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AgentDayModel } from './agent-day-model.js';
import { AgentDayPages } from './agent-day.pages.js';
import { AgentDaysQueries } from './agent-days.queries.js';
import { AttendanceFollowUp } from './attendance-follow-up.js';
import { AttendanceWriter } from './attendance-writer.js';
import { AttendanceQueries } from './attendance.queries.js';
import { AttendanceService } from './attendance.service.js';
import { Attendees } from './attendees.js';
import { BookingSteps } from './booking-steps.js';
import { BookableAgents } from './bookable-agents.queries.js';
import { BookingQueries } from './booking.queries.js';
import { BookingService } from './booking.service.js';
import { BookingsController } from './bookings.controller.js';
import { CheckInCodePages } from './check-in-code.pages.js';
import { CheckInPages } from './check-in.pages.js';
import { CheckInService } from './check-in.service.js';
import { DayChangesService } from './day-changes.service.js';
import { DayDocuments } from './day-documents.js';
import { DayDocumentsPages } from './day-documents.pages.js';
import { ChangeDayPages } from './change-day.pages.js';
import { DayListQueries } from './day-list.queries.js';
import { DayModel } from './day-model.js';
import { DayParticipants } from './day-participants.js';
import { DayPeopleQueries } from './day-people.queries.js';
import { DayWriter } from './day-writer.js';
import { DaysPages } from './days.pages.js';
import { OnboardingDaysController } from './onboarding-days.controller.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';
import { OnboardingPersonalData } from './onboarding-personal-data.js';
import { OwnDayPages } from './own-day.pages.js';
import { PlanDaysPages } from './plan-days.pages.js';
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
import { SeatsPages } from './seats.pages.js';
import { ThanksMail } from './thanks.mail.js';
import { ToldDays } from './told-days.js';

/** The one-day physical courses: seats, waiting lists, attendance. */
@Module({
  imports: [AgentsModule, AuditModule, IdentityModule, NotificationsModule, PrivacyModule, TasksModule],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    OnboardingDaysController,
    BookingsController,
    PlanDaysPages,
    AgentDayPages,
    OwnDayPages,
    CheckInPages,
    RollCallPages,
    CheckInCodePages,
    DayDocumentsPages,
    DaysPages,
    ChangeDayPages,
    SeatsPages,
  ],
  providers: [
    OnboardingDayQueries,
    OnboardingDayService,
    DayChangesService,
    DayParticipants,
    DayWriter,
    DayListQueries,
    DayPeopleQueries,
    DayModel,
    BookableAgents,
    AgentDaysQueries,
    AgentDayModel,
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
