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

  /** How to get there. */
  @Column({ type: 'text', nullable: true })
  directions!: string | null;

  @TextColumn(300, { nullable: true })
  instructors!: string | null;

  /** What participants are to know beforehand. */
  @Column({ type: 'text', nullable: true })
  message!: string | null;

  @Column({ type: 'integer' })
  capacity!: number;

  /** Seats given; only ever changed by statements that look at the capacity. */
  @Column({ type: 'integer' })
  seatsTaken!: number;

  /** Last day on which seats are given, that day included. */
  @LocalDateColumn()
  bookBy!: string;

  /** How often the day has changed, for the secretariat's calendar (RFC 5545 §3.8.7.4). */
  @Column({ type: 'integer' })
  calendarSequence!: number;

  @InstantColumn({ nullable: true })
  cancelledAt!: Date | null;

  /** Counted up by every edit; not by bookings. */
  @Column({ type: 'integer' })
  version!: number;
}
