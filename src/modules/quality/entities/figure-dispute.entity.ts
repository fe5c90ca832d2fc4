import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { DisputeAnswer, DisputeReason } from '../notices/case-state.rules.js';

/** An agent's word that a figure is wrong. */
@Entity('figure_dispute')
@Index('uq_figure_dispute_open', ['openAgentId', 'month'], { unique: true })
@Index('ix_figure_dispute_agent', ['agentId', 'month'])
@Index('ix_figure_dispute_open', ['answeredAt', 'createdAt'])
export class FigureDispute {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_figure_dispute_agent' })
  agentId!: number;

  @TextColumn(7)
  month!: string;

  /** The agent's id until it is answered: one open word a figure. */
  @IdColumn({ nullable: true })
  openAgentId!: number | null;

  @TextColumn(20)
  reason!: DisputeReason;

  @InstantColumn()
  createdAt!: Date;

  @TextColumn(12, { nullable: true })
  answer!: DisputeAnswer | null;

  @IdColumn({ nullable: true })
  @ForeignKey('Person', { name: 'fk_figure_dispute_person' })
  answeredByPersonId!: number | null;

  @InstantColumn({ nullable: true })
  answeredAt!: Date | null;
}
