import { Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** What somebody in the secretariat has to look at; its sentence is `task.<kind>` in the catalogue. */
export const TASK_KINDS = [
  'mail_failed',
  'leader_missing',
  'transfer_waiting',
  'package_missing',
  'connection_silent',
  'connection_failing',
  'attendance_missing',
  'shift_plan_waiting',
  'shift_plan_failed',
  'readiness_untold',
  'talk_cancelled',
  'talk_outcome_missing',
  'figure_dispute',
] as const;

/** What somebody in the secretariat has to look at. */
export type TaskKind = (typeof TASK_KINDS)[number];

/** Something that a person in the secretariat has to look at. */
@Entity('task')
@Index('uq_task_dedupe', ['dedupeKey'], { unique: true })
@Index('ix_task_done', ['doneAt', 'id'])
export class Task {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(40)
  kind!: TaskKind;

  @TextColumn(40)
  subjectType!: string;

  @IdColumn()
  subjectId!: number;

  @TextColumn(3, { nullable: true })
  municipalityCode!: string | null;

  /** Two tasks with the same key are one. */
  @TextColumn(190)
  dedupeKey!: string;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  doneAt!: Date | null;

  @IdColumn({ nullable: true })
  doneByPersonId!: number | null;
}
