import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { WaiverReason } from '../waiver.rules.js';

/** A learner is let off a course: by whom and why. Never deleted; taken back by a date. */
@Entity('waiver')
@Index('ix_waiver_enrolment', ['enrolmentId'])
export class Waiver {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Enrolment', { name: 'fk_waiver_enrolment' })
  enrolmentId!: number;

  @TextColumn(30)
  reason!: WaiverReason;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_waiver_person' })
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  @IdColumn({ nullable: true })
  revokedByPersonId!: number | null;
}
