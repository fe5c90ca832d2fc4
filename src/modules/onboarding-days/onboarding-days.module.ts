import { Module } from '@nestjs/common';
import { AgentsModule } from '../agents/index.js';
import { AuditModule } from '../audit/index.js';
import { IdentityModule } from '../identity/index.js';
import { importController, importPages, ImportsModule } from '../imports/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { PrivacyModule } from '../privacy/index.js';
import { TasksModule } from '../tasks/index.js';
import { AgentDayModel } from './seats/agent-day-model.js';
import { AgentDayPages } from './seats/agent-day.pages.js';
import { AgentDaysQueries } from './seats/agent-days.queries.js';
import { AttendanceFollowUp } from './attendance/attendance-follow-up.js';
import { AttendanceWriter } from './attendance/attendance-writer.js';
import { AttendanceQueries } from './attendance/attendance.queries.js';
import { AttendanceService } from './attendance/attendance.service.js';
import { Attendees } from './seats/attendees.js';
import { BookingSteps } from './seats/booking-steps.js';
import { BookableAgents } from './seats/bookable-agents.queries.js';
import { BookingQueries } from './seats/booking.queries.js';
import { BookingService } from './seats/booking.service.js';
import { BookingsController } from './seats/bookings.controller.js';
import { CheckInCodePages } from './attendance/check-in-code.pages.js';
import { CheckInPages } from './attendance/check-in.pages.js';
import { CheckInService } from './attendance/check-in.service.js';
import { DayChangesService } from './days/day-changes.service.js';
import { DayDocuments } from './attendance/day-documents.js';
import { DayDocumentsPages } from './attendance/day-documents.pages.js';
import { ChangeDayPages } from './days/change-day.pages.js';
import { DayListQueries } from './days/day-list.queries.js';
import { DayModel } from './days/day-model.js';
import { DayParticipants } from './days/day-participants.js';
import { DayPeopleQueries } from './days/day-people.queries.js';
import { DayWriter } from './days/day-writer.js';
import { DaysPages } from './days/days.pages.js';
import { OnboardingDaysController } from './onboarding-days.controller.js';
import { OnboardingDayQueries } from './onboarding-days.queries.js';
import { OnboardingDayService } from './onboarding-days.service.js';
import { OnboardingPersonalData } from './onboarding-personal-data.js';
import { OwnDayPages } from './seats/own-day.pages.js';
import { PlanDaysPages } from './days/plan-days.pages.js';
import { RegistrationSeats } from './seats/registration-seats.js';
import { RollCallClock } from './attendance/roll-call-clock.js';
import { RollCallModel } from './attendance/roll-call-model.js';
import { RollCallTasks } from './attendance/roll-call-tasks.js';
import { RollCallPages } from './attendance/roll-call.pages.js';
import { RollCallQueries } from './attendance/roll-call.queries.js';
import { RollCallService } from './attendance/roll-call.service.js';
import { SeatAllocation } from './seats/seat-allocation.js';
import { SeatCalendar } from './calendar/seat-calendar.js';
import { SeatDays } from './seats/seat-days.js';
import { SeatLifecycle } from './seats/seat-lifecycle.js';
import { SeatMails } from './seats/seat-mails.js';
import { SeatWorks } from './seats/seat-works.js';
import { SeatWriter } from './seats/seat-writer.js';
import { SeatsPages } from './seats/seats.pages.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsPages } from './statistics/statistics.pages.js';
import { StatisticsQueries } from './statistics/statistics.queries.js';
import { StatisticsService } from './statistics/statistics.service.js';
import { ThanksMail } from './attendance/thanks.mail.js';
import { ToldDays } from './told-days.js';
import { AgentCalendarPages } from './calendar/agent-calendar.pages.js';
import { AttendanceImport } from './attendance/attendance-import.js';
import { BeginRoundModel } from './invitations/begin-round.model.js';
import { BeginRoundPages } from './invitations/begin-round.pages.js';
import { CalendarFeedLifecycle } from './calendar/calendar-feed-lifecycle.js';
import { CalendarFeedQueries } from './calendar/calendar-feed.queries.js';
import { CalendarFeedService } from './calendar/calendar-feed.service.js';
import { CalendarFeeds } from './calendar/calendar-feeds.js';
import { CalendarFeedsController } from './calendar/calendar-feeds.controller.js';
import { CalendarLinkModel } from './calendar/calendar-link.model.js';
import { InvitationDays } from './invitations/invitation-days.js';
import { InvitationMail } from './invitations/invitation.mail.js';
import { InvitationQueries } from './invitations/invitation.queries.js';
import { InvitationRoundService } from './invitations/invitation-round.service.js';
import { LeaderAnswersService } from './invitations/leader-answers.service.js';
import { OwnInvitationPages } from './invitations/own-invitation.pages.js';
import { OwnInvitationsService } from './invitations/own-invitations.service.js';
import { PastAttendance } from './attendance/past-attendance.js';
import { RoundLeaders } from './invitations/round-leaders.js';
import { RoundMail } from './invitations/round.mail.js';
import { RoundModel } from './invitations/round.model.js';
import { RoundPages } from './invitations/round.pages.js';
import { RoundReminderService } from './invitations/round-reminder.service.js';
import { RoundSending } from './invitations/round-sending.js';
import { SeatClock } from './seats/seat-clock.js';
import { SeatClockQueries } from './seats/seat-clock.queries.js';
import { SeatClockSteps } from './seats/seat-clock-steps.js';
import { SeatReminderMail } from './seats/seat-reminder.mail.js';
import { SeatReminderQueries } from './seats/seat-reminders.queries.js';
import { SeatReminders } from './seats/seat-reminders.js';
import { SecretariatCalendarPages } from './calendar/secretariat-calendar.pages.js';

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
