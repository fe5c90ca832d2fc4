import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Where a booking stands; `unplaced` waits for a day that is not planned yet, or for a seat on any. */
export const BOOKING_STATUSES = ['booked', 'waitlisted', 'unplaced', 'cancelled'] as const;

/** Where a booking stands. */
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

/** Why a booking came to an end. */
export type EndReason =
  'cancelled' | 'moved' | 'promoted' | 'day_cancelled' | 'day_moved' | 'left' | 'attended' | 'closed';

/** A seat of an agent on an onboarding day, a place on its waiting list, or the wait for any seat. */
@Entity('booking')
@Index('uq_booking_seat', ['seatAgentId'], { unique: true })
@Index('uq_booking_wait', ['waitAgentId'], { unique: true })
@Index('ix_booking_day', ['dayId', 'status', 'priority'])
@Index('ix_booking_agent', ['agentId'])
@Index('ix_booking_unplaced', ['status', 'since'])
export class Booking {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_booking_agent' })
  agentId!: number;

  /** Null while unplaced. */
  @IdColumn({ nullable: true })
  @ForeignKey('OnboardingDay', { name: 'fk_booking_day' })
  dayId!: number | null;

  @TextColumn(10)
  status!: BookingStatus;

  /** The agent's id while the seat (or the wait for one) stands before the agent: the database itself allows one an agent. */
  @IdColumn({ nullable: true })
  seatAgentId!: number | null;

  /** The agent's id while on a waiting list: one an agent. */
  @IdColumn({ nullable: true })
  waitAgentId!: number | null;

  /** Place in line before those with a higher number; within the same number by key. */
  @Column({ type: 'integer' })
  priority!: number;

  /** How long the agent has been in need of a seat: those unplaced get theirs in this order. */
  @InstantColumn()
  since!: Date;

  /** Who booked; null when it went by itself. */
  @IdColumn({ nullable: true })
  byPersonId!: number | null;

  /** The calendar entry, which a move takes along (RFC 5545 §3.8.4.7). */
  @TextColumn(43)
  calendarUid!: string;

  @Column({ type: 'integer' })
  calendarSequence!: number;

  /** The agent is not written to before, because the welcome is yet to come. */
  @InstantColumn({ nullable: true })
  quietUntil!: Date | null;

  @InstantColumn()
  createdAt!: Date;

  /** Since when it is a seat; null for a place in line that never became one. */
  @InstantColumn({ nullable: true })
  seatedAt!: Date | null;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;

  @TextColumn(20, { nullable: true })
  endReason!: EndReason | null;
}
