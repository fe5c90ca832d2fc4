import { Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** What was reckoned for a definition, and of which data: served while these have not changed. Numbers of groups only, no people. */
@Entity('insight_result')
@Index('uq_insight_result', ['definitionHash'], { unique: true })
@Index('ix_insight_result_claimed', ['claimedAt'])
export class InsightResult {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(40)
  insightKey!: string;

  /** SHA-256 of the definition. */
  @TextColumn(64)
  definitionHash!: string;

  /** SHA-256 of what tells that the data have changed; null before anything was reckoned. */
  @TextColumn(64, { nullable: true })
  fingerprint!: string | null;

  @JsonColumn({ nullable: true })
  finding!: string | null;

  @InstantColumn({ nullable: true })
  computedAt!: Date | null;

  /** When somebody last began to reckon it; what has not been asked for since the data changed is forgotten in time. */
  @InstantColumn()
  claimedAt!: Date;

  /** Whoever is reckoning it. */
  @TextColumn(43, { nullable: true })
  leaseOwner!: string | null;

  @InstantColumn()
  leaseUntil!: Date;
}
