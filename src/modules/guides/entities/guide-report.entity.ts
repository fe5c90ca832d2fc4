import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** What somebody found amiss. */
export const REPORT_KINDS = ['missing', 'wrong'] as const;

/** What somebody found amiss. */
export type ReportKind = (typeof REPORT_KINDS)[number];

/** Somebody needed a guide that there is not, or found a fault in one. */
@Entity('guide_report')
@Index('ix_guide_report_settled', ['settledAt'])
@Index('ix_guide_report_person', ['reportedByPersonId'])
export class GuideReport {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(10)
  kind!: ReportKind;

  @TextColumn(150)
  topic!: string;

  @IdColumn({ nullable: true })
  @ForeignKey('Guide', { name: 'fk_guide_report_guide' })
  guideId!: number | null;

  @InstantColumn()
  reportedAt!: Date;

  @IdColumn()
  reportedByPersonId!: number;

  @InstantColumn({ nullable: true })
  settledAt!: Date | null;

  @IdColumn({ nullable: true })
  settledByPersonId!: number | null;
}
