import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** What a figure was before somebody changed it; null counts before: there was none. */
@Entity('figure_correction')
@Index('ix_figure_correction_agent', ['agentId', 'month'])
@Index('ix_figure_correction_month', ['month', 'at'])
export class FigureCorrection {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_figure_correction_agent' })
  agentId!: number;

  @TextColumn(7)
  month!: string;

  @Column({ type: 'integer' })
  answeredBefore!: number;

  @Column({ type: 'integer' })
  resolvedBefore!: number;

  @Column({ type: 'integer', nullable: true })
  warmTransferredBefore!: number | null;

  @Column({ type: 'integer' })
  answeredAfter!: number;

  @Column({ type: 'integer' })
  resolvedAfter!: number;

  @Column({ type: 'integer', nullable: true })
  warmTransferredAfter!: number | null;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_figure_correction_person' })
  byPersonId!: number;

  @InstantColumn()
  at!: Date;
}
