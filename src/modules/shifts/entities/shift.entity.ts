import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Where a shift came from. */
export type ShiftSource = 'api' | 'page' | 'import' | 'feed';

/** A planned period on the phones; it belongs to the day it starts. */
@Entity('shift')
@Index('uq_shift', ['agentId', 'startsAt'], { unique: true })
@Index('ix_shift_starts', ['startsAt'])
export class Shift {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_shift_agent' })
  agentId!: number;

  @InstantColumn()
  startsAt!: Date;

  @InstantColumn()
  endsAt!: Date;

  @TextColumn(10)
  source!: ShiftSource;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  updatedAt!: Date;

  /** Counted up by every edit. */
  @Column({ type: 'integer' })
  version!: number;
}
