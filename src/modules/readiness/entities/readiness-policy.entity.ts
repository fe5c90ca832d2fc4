import { Entity, ForeignKey, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { ReasonEffect } from '../readiness.rules.js';

/** What the secretariat decided about readiness; the latest row counts. */
@Entity('readiness_policy')
export class ReadinessPolicy {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(10)
  unreadGuide!: ReasonEffect;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_readiness_policy_person' })
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
