import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** `unknown` names nobody we know; `duplicate` says again what another row has said. */
export type ShiftRowState = 'ok' | 'faulty' | 'unknown' | 'duplicate';

/** One row of a plan. Those without faults go when the plan has been written, the others with their import. */
@Entity('shift_import_row')
@Index('ix_shift_import_row_agent', ['importId', 'agentId'])
@Index('ix_shift_import_row_state', ['importId', 'state', 'rowNumber'])
export class ShiftImportRow {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('ShiftImport', { name: 'fk_shift_import_row_import' })
  importId!: number;

  @Column({ type: 'integer' })
  rowNumber!: number;

  @TextColumn(10)
  state!: ShiftRowState;

  @IdColumn({ nullable: true })
  agentId!: number | null;

  @InstantColumn({ nullable: true })
  startsAt!: Date | null;

  @InstantColumn({ nullable: true })
  endsAt!: Date | null;

  /** The agent as the row names them; only where that is nobody we know, or where the row is faulty. */
  @TextColumn(200, { nullable: true })
  agentText!: string | null;

  /** JSON of what is wrong. */
  @Column({ type: 'text', nullable: true })
  faults!: string | null;
}
