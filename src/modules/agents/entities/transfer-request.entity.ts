import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';

/** Where a wish to take an agent over stands. */
export type TransferState = 'waiting' | 'approved' | 'declined';

/** A wish to take an agent over, or a transfer that is decided and waits for its day. */
@Entity('transfer_request')
@Index('ix_transfer_request_state', ['state', 'onDate'])
@Index('ix_transfer_request_agent', ['agentId'])
@Index('ix_transfer_request_requester', ['requestedByPersonId'])
export class TransferRequest {
  @PrimaryGeneratedColumn()
  id!: number;

  /** Null when nobody has the address: such a request is kept alike, so that its maker learns nothing. */
  @IdColumn({ nullable: true })
  @ForeignKey('Agent', { name: 'fk_transfer_request_agent' })
  agentId!: number | null;

  /** As typed by the one who asks; null when the secretariat transfers an agent it sees. */
  @TextColumn(254, { nullable: true })
  email!: string | null;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_transfer_request_municipality' })
  toMunicipalityCode!: string;

  @IdColumn({ nullable: true })
  leaderId!: number | null;

  /** First day in the new municipality. */
  @LocalDateColumn()
  onDate!: string;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_transfer_request_person' })
  requestedByPersonId!: number;

  @TextColumn(10)
  state!: TransferState;

  @IdColumn({ nullable: true })
  decidedByPersonId!: number | null;

  @InstantColumn({ nullable: true })
  decidedAt!: Date | null;

  /** When the agent was moved. */
  @InstantColumn({ nullable: true })
  appliedAt!: Date | null;

  @InstantColumn()
  createdAt!: Date;
}
