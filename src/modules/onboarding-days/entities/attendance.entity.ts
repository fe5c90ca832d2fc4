import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { AttendanceReason, AttendanceSource, AttendanceStatus } from '../attendance/attendance.rules.js';

/** Whether an agent took part in an onboarding day, as it is known now; `attendance_mark` tells how it came to that. */
@Entity('attendance')
@Index('uq_attendance', ['dayId', 'agentId'], { unique: true })
@Index('ix_attendance_agent', ['agentId', 'mustAttendAgain'])
export class Attendance {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('OnboardingDay', { name: 'fk_attendance_day' })
  dayId!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_attendance_agent' })
  agentId!: number;

  @TextColumn(10)
  status!: AttendanceStatus;

  /** Whether the agent still has to take part in a day. */
  @Column({ type: 'boolean' })
  mustAttendAgain!: boolean;

  @TextColumn(20, { nullable: true })
  reason!: AttendanceReason | null;

  @TextColumn(200, { nullable: true })
  note!: string | null;

  @TextColumn(10)
  source!: AttendanceSource;

  /** When it was marked on the device that marked it. */
  @InstantColumn()
  markedAt!: Date;

  @InstantColumn()
  recordedAt!: Date;

  /** Null when the agent did it. */
  @IdColumn({ nullable: true })
  recordedByPersonId!: number | null;
}
