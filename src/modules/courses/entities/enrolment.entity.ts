import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';
import type { EnrolmentState } from '../completion.rules.js';

/** One learner on one course. */
@Entity('enrolment')
@Index('uq_enrolment', ['personId', 'courseId'], { unique: true })
@Index('uq_enrolment_reference', ['reference'], { unique: true })
@Index('ix_enrolment_course_state', ['courseId', 'state'])
export class Enrolment {
  @PrimaryGeneratedColumn()
  id!: number;

  /** What an e-learning host gets to know the enrolment by: 32 random hexadecimal digits. */
  @TextColumn(32)
  reference!: string;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_enrolment_person' })
  personId!: number;

  @IdColumn()
  @ForeignKey('Course', { name: 'fk_enrolment_course' })
  courseId!: number;

  @TextColumn(12)
  state!: EnrolmentState;

  @TextColumn(10, { nullable: true })
  success!: 'passed' | 'failed' | null;

  @Column({ type: 'double precision', nullable: true })
  scoreScaled!: number | null;

  /** What the earliest counting message said of the start. */
  @InstantColumn({ nullable: true })
  begunAt!: Date | null;

  @InstantColumn({ nullable: true })
  completedAt!: Date | null;

  /** Where the completion came from. */
  @TextColumn(60, { nullable: true })
  source!: string | null;

  /** First day on which reports count it. */
  @LocalDateColumn()
  enrolledOn!: string;

  /** JSON of `LearningFacts`, the merge of all events so far. */
  @Column({ type: 'text' })
  facts!: string;

  /** The version the learner is asked to take although an earlier one is completed. */
  @IdColumn({ nullable: true })
  retakeVersionId!: number | null;

  @InstantColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;
}

/** What one message said about an enrolment; never changed. */
@Entity('completion_event')
@Index('ix_completion_event_enrolment', ['enrolmentId'])
export class CompletionEvent {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Enrolment', { name: 'fk_completion_event_enrolment' })
  enrolmentId!: number;

  @InstantColumn()
  occurredAt!: Date;

  @TextColumn(12, { nullable: true })
  completion!: 'completed' | 'incomplete' | null;

  @TextColumn(10, { nullable: true })
  success!: 'passed' | 'failed' | null;

  @Column({ type: 'double precision', nullable: true })
  scoreScaled!: number | null;

  @Column({ type: 'double precision', nullable: true })
  seconds!: number | null;

  @TextColumn(60)
  source!: string;

  /** The attempt in our own player that said it, if any. */
  @IdColumn({ nullable: true })
  attemptId!: number | null;

  /** The inbox message it was read from, if any. */
  @IdColumn({ nullable: true })
  inboxMessageId!: number | null;

  /** What was written about a completion that was registered by hand. */
  @TextColumn(500, { nullable: true })
  note!: string | null;

  @IdColumn({ nullable: true })
  recordedByPersonId!: number | null;

  /** When a registration by hand was found to be wrong; such an event no longer counts. */
  @InstantColumn({ nullable: true })
  annulledAt!: Date | null;
}
