import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** The calls of an agent in a month: always numerator and denominator, never a share alone. */
@Entity('resolution_figure')
@Index('uq_resolution_figure', ['agentId', 'month'], { unique: true })
@Index('ix_resolution_figure_month', ['month', 'agentId'])
@Index('ix_resolution_figure_calls', ['agentId', 'month', 'answered', 'resolved'])
export class ResolutionFigure {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_resolution_figure_agent' })
  agentId!: number;

  /** `YYYY-MM`. */
  @TextColumn(7)
  month!: string;

  @Column({ type: 'integer' })
  answered!: number;

  /** Resolved at once, at most `answered`. */
  @Column({ type: 'integer' })
  resolved!: number;

  /** Handed over in person; null when the source does not tell. */
  @Column({ type: 'integer', nullable: true })
  warmTransferred!: number | null;

  /** Average time of a call in seconds; null when the source does not tell. */
  @Column({ type: 'integer', nullable: true })
  handlingSeconds!: number | null;

  @InstantColumn()
  changedAt!: Date;
}
