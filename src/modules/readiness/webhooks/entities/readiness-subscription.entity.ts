import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../../database/columns.js';

/** A program that is told when an agent becomes ready or not. */
@Entity('readiness_subscription')
export class ReadinessSubscription {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(1000)
  url!: string;

  /** The signing secret, encrypted. */
  @TextColumn(255)
  sealedSecret!: string;

  @IdColumn()
  createdByPersonId!: number;

  @InstantColumn()
  createdAt!: Date;

  /** When it last took a message. */
  @InstantColumn({ nullable: true })
  takenAt!: Date | null;

  /** Since when it has taken none, though there were some. */
  @InstantColumn({ nullable: true })
  failingSince!: Date | null;
}
