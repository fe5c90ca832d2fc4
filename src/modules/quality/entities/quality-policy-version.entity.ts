import { Column, Entity, ForeignKey, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A version of the policy; the newest is in force, older ones tell by what a closing was judged. */
@Entity('quality_policy')
export class QualityPolicyVersion {
  @PrimaryGeneratedColumn()
  id!: number;

  @Column({ type: 'integer' })
  thresholdNumerator!: number;

  @Column({ type: 'integer' })
  thresholdDenominator!: number;

  @Column({ type: 'integer' })
  months!: number;

  @Column({ type: 'integer' })
  watchMonths!: number;

  @Column({ type: 'integer' })
  minimumCalls!: number;

  @Column({ type: 'boolean' })
  warmTransferCounts!: boolean;

  /** `YYYY-MM`; months before are history. */
  @TextColumn(7)
  appliesFrom!: string;

  /** For how many working days the agent sees the figures before the leader is told; 0 for at the same time. */
  @Column({ type: 'integer' })
  agentFirstDays!: number;

  /** For how many hours a closing can be undone before anything is mailed. */
  @Column({ type: 'integer' })
  undoHours!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_quality_policy_person' })
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
