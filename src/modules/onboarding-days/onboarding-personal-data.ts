import { Injectable, type OnModuleInit } from '@nestjs/common';
import { execute } from '../../database/sql.js';
import { PersonalData, type PersonalHolding } from '../privacy/index.js';

/** The agents that a person is. */
const OWN_AGENT = '(SELECT id FROM agent WHERE personId = ?)';

const HOLDINGS: PersonalHolding[] = [
  {
    table: 'booking',
    select: `SELECT d.onDate, d.venue, b.status, b.createdAt, b.endedAt, b.endReason
                   FROM booking b LEFT JOIN onboarding_day d ON d.id = b.dayId
                  WHERE b.agentId IN ${OWN_AGENT} OR b.byPersonId = ?`,
  },
  {
    table: 'attendance',
    select: `SELECT d.onDate, t.status, t.mustAttendAgain, t.reason, t.note, t.source, t.markedAt
                   FROM attendance t JOIN onboarding_day d ON d.id = t.dayId
                  WHERE t.agentId IN ${OWN_AGENT} OR t.recordedByPersonId = ?`,
    erase: async (tx, personId) => {
      await execute(tx, `UPDATE attendance SET note = NULL WHERE agentId IN ${OWN_AGENT}`, [personId]);
    },
  },
  {
    table: 'attendance_mark',
    select: `SELECT d.onDate, k.status, k.mustAttendAgain, k.reason, k.note, k.source, k.markedAt, k.recordedAt
                   FROM attendance_mark k JOIN attendance t ON t.id = k.attendanceId JOIN onboarding_day d ON d.id = t.dayId
                  WHERE t.agentId IN ${OWN_AGENT} OR k.recordedByPersonId = ?`,
    erase: async (tx, personId) => {
      await execute(
        tx,
        `UPDATE attendance_mark SET note = NULL
              WHERE attendanceId IN (SELECT id FROM attendance WHERE agentId IN ${OWN_AGENT})`,
        [personId],
      );
    },
  },
  {
    table: 'calendar_feed',
    select: 'SELECT kind, createdAt, revokedAt FROM calendar_feed WHERE personId = ?',
    erase: async (tx, personId) => {
      await execute(tx, 'DELETE FROM calendar_feed WHERE personId = ?', [personId]);
    },
  },
  {
    table: 'invitation_round',
    select: `SELECT d.onDate, r.answerBy, r.createdAt
                   FROM invitation_round r JOIN onboarding_day d ON d.id = r.dayId WHERE r.byPersonId = ?`,
  },
  {
    table: 'invitee',
    select: `SELECT d.onDate, i.leaderAnswer, i.leaderAnsweredAt, i.agentAnswer, i.agentAnsweredAt
                   FROM invitee i JOIN invitation_round r ON r.id = i.roundId JOIN onboarding_day d ON d.id = r.dayId
                  WHERE i.agentId IN ${OWN_AGENT} OR i.leaderAnsweredByPersonId = ?`,
  },
];

/** What the module holds about a person. */
@Injectable()
export class OnboardingPersonalData implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    this.personalData.register(...HOLDINGS);
  }
}
