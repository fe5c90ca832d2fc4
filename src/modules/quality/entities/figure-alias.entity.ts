import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Which agent a foreign id or name in a file of figures means, as somebody has said it once. */
@Entity('figure_alias')
@Index('uq_figure_alias', ['aliasKey'], { unique: true })
@Index('ix_figure_alias_agent', ['agentId'])
export class FigureAlias {
  @PrimaryGeneratedColumn()
  id!: number;

  /** In the form in which such names are compared. */
  @TextColumn(200)
  aliasKey!: string;

  /** Null for somebody who is no agent and is passed over. */
  @IdColumn({ nullable: true })
  @ForeignKey('Agent', { name: 'fk_figure_alias_agent' })
  agentId!: number | null;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_figure_alias_person' })
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
