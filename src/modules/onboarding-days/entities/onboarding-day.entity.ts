import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';

/** A one-day physical onboarding course. */
@Entity('onboarding_day')
@Index('ix_onboarding_day_on', ['onDate'])
export class OnboardingDay {
  @PrimaryGeneratedColumn()
  id!: number;

  @LocalDateColumn()
  onDate!: string;

  @InstantColumn()
  startsAt!: Date;

  @InstantColumn()
  endsAt!: Date;

  @TextColumn(150)
  venue!: string;

  @TextColumn(200)
  address!: string;

  @Column({ type: 'integer' })
  capacity!: number;

  /** Last day on which seats are given, that day included. */
  @LocalDateColumn()
  bookBy!: string;

  @InstantColumn({ nullable: true })
  cancelledAt!: Date | null;
}
