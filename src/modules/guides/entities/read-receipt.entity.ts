import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn } from '../../../database/columns.js';

/** An agent said "read and understood" about a version. */
@Entity('read_receipt')
@Index('uq_read_receipt', ['agentId', 'versionId'], { unique: true })
@Index('ix_read_receipt_guide', ['agentId', 'guideId', 'number'])
@Index('ix_read_receipt_at', ['readAt'])
export class ReadReceipt {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_read_receipt_agent' })
  agentId!: number;

  @IdColumn()
  @ForeignKey('GuideVersion', { name: 'fk_read_receipt_version' })
  versionId!: number;

  /** Of the version; kept here so that an agent's receipts of a guide are found without it. */
  @IdColumn()
  guideId!: number;

  /** Of the version. */
  @Column({ type: 'integer' })
  number!: number;

  @InstantColumn()
  readAt!: Date;
}
