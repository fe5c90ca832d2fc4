export { OnboardingDaysModule } from './onboarding-days.module.js';
export { OnboardingDayQueries, type OnboardingDayRow } from './onboarding-days.queries.js';
export { ATTENDED_ON, BookingQueries, type AgentSeat } from './seats/booking.queries.js';
export { CalendarFeedService } from './calendar/calendar-feed.service.js';
export { OwnInvitationsService } from './invitations/own-invitations.service.js';
export { SeatClock } from './seats/seat-clock.js';
export { SeatReminders } from './seats/seat-reminders.js';
export { fits, freeSeats, isOpen, placementOf, type SeatDay } from './onboarding-days.rules.js';
export {
  ATTENDANCE_REASONS,
  mustAttendAgain,
  type AttendanceReason,
  type AttendanceStatus,
} from './attendance/attendance.rules.js';
export { RegistrationSeats, type RegisteredSeat } from './seats/registration-seats.js';
export { SeatGone } from './seats/seat-gone.js';
export type { ToldDay } from './told-days.js';
export { Attendance } from './entities/attendance.entity.js';
export { AttendanceMark } from './entities/attendance-mark.entity.js';
export { Booking } from './entities/booking.entity.js';
export { CalendarFeed } from './entities/calendar-feed.entity.js';
export { InvitationRound } from './entities/invitation-round.entity.js';
export { Invitee } from './entities/invitee.entity.js';
export { OnboardingDay } from './entities/onboarding-day.entity.js';
