import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn } from '../../../database/columns.js';

/** Existing agents who have never attended are invited to a day: their leaders are asked first. */
@Entity('invitation_round')
@Index('ix_invitation_round_day', ['dayId'])
export class InvitationRound {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('OnboardingDay', { name: 'fk_invitation_round_day' })
  dayId!: number;

  /** Until when leaders are asked to answer. */
  @LocalDateColumn()
  answerBy!: string;

  @IdColumn()
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
