import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, localDate, longText, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const NEW_COLUMNS = {
  onboarding_day: [
    longText('directions', nullable),
    text('instructors', 300, nullable),
    longText('message', nullable),
    { ...integer('seatsTaken'), fill: '0' },
    { ...integer('calendarSequence'), fill: '0' },
    { ...integer('version'), fill: '1' },
  ],
  mail: [longText('calendar', nullable)],
};
const TABLES: TablePlan[] = [
  {
    name: 'booking',
    columns: [
      id(),
      integer('agentId'),
      integer('dayId', nullable),
      text('status', 10),
      integer('seatAgentId', nullable),
      integer('waitAgentId', nullable),
      integer('priority'),
      instant('since'),
      integer('byPersonId', nullable),
      text('calendarUid', 43),
      integer('calendarSequence'),
      instant('quietUntil', nullable),
      instant('createdAt'),
      instant('endedAt', nullable),
      text('endReason', 20, nullable),
    ],
    unique: { uq_booking_seat: ['seatAgentId'], uq_booking_wait: ['waitAgentId'] },
    indices: {
      ix_booking_day: ['dayId', 'status', 'priority'],
      ix_booking_agent: ['agentId'],
      ix_booking_unplaced: ['status', 'since'],
    },
    foreignKeys: [
      { name: 'fk_booking_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_booking_day', column: 'dayId', references: 'onboarding_day' },
    ],
  },
  {
    name: 'attendance',
    columns: [
      id(),
      integer('dayId'),
      integer('agentId'),
      text('status', 10),
      flag('mustAttendAgain'),
      text('reason', 20, nullable),
      text('note', 200, nullable),
      text('source', 10),
      instant('markedAt'),
      instant('recordedAt'),
      integer('recordedByPersonId', nullable),
    ],
    unique: { uq_attendance: ['dayId', 'agentId'] },
    indices: { ix_attendance_agent: ['agentId', 'mustAttendAgain'] },
    foreignKeys: [
      { name: 'fk_attendance_day', column: 'dayId', references: 'onboarding_day' },
      { name: 'fk_attendance_agent', column: 'agentId', references: 'agent' },
    ],
  },
  {
    name: 'attendance_mark',
    columns: [
      id(),
      integer('attendanceId'),
      text('status', 10),
      flag('mustAttendAgain'),
      text('reason', 20, nullable),
      text('note', 200, nullable),
      text('source', 10),
      instant('markedAt'),
      instant('recordedAt'),
      integer('recordedByPersonId', nullable),
    ],
    indices: { ix_attendance_mark: ['attendanceId'] },
    foreignKeys: [{ name: 'fk_attendance_mark', column: 'attendanceId', references: 'attendance' }],
  },
  {
    name: 'calendar_feed',
    columns: [
      id(),
      integer('personId'),
      text('kind', 12),
      text('tokenHash', 64),
      instant('createdAt'),
      instant('revokedAt', nullable),
    ],
    unique: { uq_calendar_feed_token: ['tokenHash'] },
    indices: { ix_calendar_feed_person: ['personId', 'kind'] },
    foreignKeys: [{ name: 'fk_calendar_feed_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'invitation_round',
    columns: [id(), integer('dayId'), localDate('answerBy'), integer('byPersonId'), instant('createdAt')],
    indices: { ix_invitation_round_day: ['dayId'] },
    foreignKeys: [{ name: 'fk_invitation_round_day', column: 'dayId', references: 'onboarding_day' }],
  },
  {
    name: 'invitee',
    columns: [
      id(),
      integer('roundId'),
      integer('agentId'),
      text('leaderAnswer', 10),
      instant('leaderAnsweredAt', nullable),
      integer('leaderAnsweredByPersonId', nullable),
      text('agentAnswer', 10),
      instant('agentAnsweredAt', nullable),
    ],
    unique: { uq_invitee: ['roundId', 'agentId'] },
    indices: { ix_invitee_agent: ['agentId', 'agentAnswer'] },
    foreignKeys: [
      { name: 'fk_invitee_round', column: 'roundId', references: 'invitation_round' },
      { name: 'fk_invitee_agent', column: 'agentId', references: 'agent' },
    ],
  },
];

/** Seats, waiting lists, attendance, calendars and invitations of onboarding days. */
export class OnboardingDays1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, NEW_COLUMNS);
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
    await dropColumns(runner, NEW_COLUMNS);
  }
}
