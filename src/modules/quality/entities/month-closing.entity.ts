import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Somebody has looked at a month and let the notices begin. After corrections a month may be closed once more. */
@Entity('month_closing')
@Index('ix_month_closing_month', ['month'])
export class MonthClosing {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(7)
  month!: string;

  @IdColumn()
  @ForeignKey('QualityPolicyVersion', { name: 'fk_month_closing_policy' })
  policyId!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_month_closing_person' })
  closedByPersonId!: number;

  @InstantColumn()
  closedAt!: Date;

  /** From here on mails go out and it can no longer be undone. */
  @InstantColumn()
  finalAt!: Date;

  @IdColumn({ nullable: true })
  undoneByPersonId!: number | null;

  @InstantColumn({ nullable: true })
  undoneAt!: Date | null;
}
