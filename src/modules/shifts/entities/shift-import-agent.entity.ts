import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn } from '../../../database/columns.js';

/** What an import means for one agent's plan. */
@Entity('shift_import_agent')
@Index('uq_shift_import_agent', ['importId', 'agentId'], { unique: true })
@Index('ix_shift_import_agent_open', ['importId', 'isDone', 'agentId'])
export class ShiftImportAgent {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('ShiftImport', { name: 'fk_shift_import_agent_import' })
  importId!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_shift_import_agent_agent' })
  agentId!: number;

  @Column({ type: 'integer' })
  added!: number;

  @Column({ type: 'integer' })
  moved!: number;

  @Column({ type: 'integer' })
  gone!: number;

  /** Whether nothing is left to be written. */
  @Column({ type: 'boolean' })
  isDone!: boolean;
}
