import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { importController, importPages, ImportsModule } from '../imports/index.js';
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
import { StatisticsController } from './statistics.controller.js';
import { StatisticsPages } from './statistics.pages.js';
import { StatisticsQueries } from './statistics.queries.js';
import { StatisticsService } from './statistics.service.js';
import { ThanksMail } from './thanks.mail.js';
import { ToldDays } from './told-days.js';
import { AgentCalendarPages } from './agent-calendar.pages.js';
import { AttendanceImport } from './attendance-import.js';
import { BeginRoundModel } from './begin-round.model.js';
import { BeginRoundPages } from './begin-round.pages.js';
import { CalendarFeedLifecycle } from './calendar-feed-lifecycle.js';
import { CalendarFeedQueries } from './calendar-feed.queries.js';
import { CalendarFeedService } from './calendar-feed.service.js';
import { CalendarFeeds } from './calendar-feeds.js';
import { CalendarFeedsController } from './calendar-feeds.controller.js';
import { CalendarLinkModel } from './calendar-link.model.js';
import { InvitationDays } from './invitation-days.js';
import { InvitationMail } from './invitation.mail.js';
import { InvitationQueries } from './invitation.queries.js';
import { InvitationRoundService } from './invitation-round.service.js';
import { LeaderAnswersService } from './leader-answers.service.js';
import { OwnInvitationPages } from './own-invitation.pages.js';
import { OwnInvitationsService } from './own-invitations.service.js';
import { PastAttendance } from './past-attendance.js';
import { RoundLeaders } from './round-leaders.js';
import { RoundMail } from './round.mail.js';
import { RoundModel } from './round.model.js';
import { RoundPages } from './round.pages.js';
import { RoundReminderService } from './round-reminder.service.js';
import { RoundSending } from './round-sending.js';
import { SeatClock } from './seat-clock.js';
import { SeatClockQueries } from './seat-clock.queries.js';
import { SeatClockSteps } from './seat-clock-steps.js';
import { SeatReminderMail } from './seat-reminder.mail.js';
import { SeatReminderQueries } from './seat-reminders.queries.js';
import { SeatReminders } from './seat-reminders.js';
import { SecretariatCalendarPages } from './secretariat-calendar.pages.js';

const ATTENDANCE_IMPORT = { kind: 'attendances', roles: ['secretariat'] as const };

/** The one-day physical courses: seats, waiting lists, attendance. */
@Module({
  imports: [
    AgentsModule,
    AuditModule,
    IdentityModule,
    ImportsModule,
    NotificationsModule,
    PrivacyModule,
    TasksModule,
  ],
  // Paths with a fixed part must be known before those with a key in its place.
  controllers: [
    CalendarFeedsController,
    StatisticsController,
    StatisticsPages,
    OnboardingDaysController,
    BookingsController,
    importController({ ...ATTENDANCE_IMPORT, path: 'attendance-imports' }),
    importPages({ ...ATTENDANCE_IMPORT, path: 'onboardingdage/fremmoede-import' }),
    SecretariatCalendarPages,
    AgentCalendarPages,
    RoundPages,
    BeginRoundPages,
    OwnInvitationPages,
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
    AttendanceImport,
    BeginRoundModel,
    CalendarFeedLifecycle,
    CalendarFeedQueries,
    CalendarFeedService,
    CalendarFeeds,
    CalendarLinkModel,
    InvitationDays,
    InvitationMail,
    InvitationQueries,
    InvitationRoundService,
    LeaderAnswersService,
    OwnInvitationsService,
    PastAttendance,
    RoundLeaders,
    RoundMail,
    RoundModel,
    RoundReminderService,
    RoundSending,
    SeatClock,
    SeatClockQueries,
    SeatClockSteps,
    SeatReminderMail,
    SeatReminderQueries,
    SeatReminders,
    StatisticsQueries,
    StatisticsService,
    OnboardingPersonalData,
  ],
  exports: [
    OnboardingDayQueries,
    BookingQueries,
    RegistrationSeats,
    CalendarFeedService,
    OwnInvitationsService,
  ],
})
export class OnboardingDaysModule {}
