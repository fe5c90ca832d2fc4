import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A link by which a calendar program reads onboarding days: an agent's own, or all of them for the secretariat. */
@Entity('calendar_feed')
@Index('uq_calendar_feed_token', ['tokenHash'], { unique: true })
@Index('ix_calendar_feed_person', ['personId', 'kind'])
export class CalendarFeed {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_calendar_feed_person' })
  personId!: number;

  @TextColumn(12)
  kind!: 'agent' | 'secretariat';

  @TextColumn(64)
  tokenHash!: string;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}
