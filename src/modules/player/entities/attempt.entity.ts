import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A learner's way through one version of a course, from the beginning to the end. */
@Entity('attempt')
@Index('uq_attempt', ['enrolmentId', 'number'], { unique: true })
@Index('ix_attempt_person', ['personId'])
@Index('ix_attempt_version', ['courseVersionId'])
export class Attempt {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_attempt_person' })
  personId!: number;

  /** Null when the secretariat tries a version before it is approved. */
  @IdColumn({ nullable: true })
  @ForeignKey('Enrolment', { name: 'fk_attempt_enrolment' })
  enrolmentId!: number | null;

  @IdColumn()
  @ForeignKey('CourseVersion', { name: 'fk_attempt_version' })
  courseVersionId!: number;

  @Column({ type: 'integer' })
  number!: number;

  /** The best all units together have said so far; what goes beyond it becomes an event in the ledger. */
  @TextColumn(12, { nullable: true })
  completion!: 'completed' | 'incomplete' | null;

  @TextColumn(10, { nullable: true })
  success!: 'passed' | 'failed' | null;

  @Column({ type: 'double precision', nullable: true })
  scoreScaled!: number | null;

  @InstantColumn()
  startedAt!: Date;

  /** When the attempt by itself first gave credit. */
  @InstantColumn({ nullable: true })
  completedAt!: Date | null;
}
