import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { IdColumn } from '../../../database/columns.js';

/** A month of a streak as it was known when the case was made, or a later one that follows up on it. */
@Entity('quality_case_month')
export class QualityCaseMonth {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('QualityCase', { name: 'fk_quality_case_month_case' })
  caseId!: number;

  @PrimaryColumn({ type: 'varchar', length: '7' })
  month!: string;

  @Column({ type: 'integer' })
  answered!: number;

  /** As the source counts: without warm transfers. */
  @Column({ type: 'integer' })
  resolved!: number;

  @Column({ type: 'integer', nullable: true })
  warmTransferred!: number | null;

  /** The later closing that found the streak going on; null for a month that led to the case. */
  @IdColumn({ nullable: true })
  @ForeignKey('MonthClosing', { name: 'fk_quality_case_month_closing' })
  followUpOf!: number | null;
}
