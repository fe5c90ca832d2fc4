import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { IdColumn } from '../../../../database/columns.js';

/** What was last told of an agent: whether ready for the next shift. */
@Entity('readiness_told')
export class ReadinessTold {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Agent', { name: 'fk_readiness_told_agent' })
  agentId!: number;

  @Column({ type: 'boolean' })
  isReady!: boolean;

  /** The shift it was told about; it may be gone since. */
  @IdColumn()
  shiftId!: number;
}
