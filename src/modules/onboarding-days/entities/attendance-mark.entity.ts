import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { AttendanceReason, AttendanceSource, AttendanceStatus } from '../attendance/attendance.rules.js';

/** One mark of the roll call, the first or a correction; never changed. */
@Entity('attendance_mark')
@Index('ix_attendance_mark', ['attendanceId'])
export class AttendanceMark {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Attendance', { name: 'fk_attendance_mark' })
  attendanceId!: number;

  @TextColumn(10)
  status!: AttendanceStatus;

  @Column({ type: 'boolean' })
  mustAttendAgain!: boolean;

  @TextColumn(20, { nullable: true })
  reason!: AttendanceReason | null;

  @TextColumn(200, { nullable: true })
  note!: string | null;

  @TextColumn(10)
  source!: AttendanceSource;

  @InstantColumn()
  markedAt!: Date;

  @InstantColumn()
  recordedAt!: Date;

  @IdColumn({ nullable: true })
  recordedByPersonId!: number | null;
}
