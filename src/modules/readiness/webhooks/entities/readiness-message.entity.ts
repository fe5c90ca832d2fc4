import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../../database/columns.js';

/** A message to a program; removed once it is taken. */
@Entity('readiness_message')
@Index('uq_readiness_message', ['messageId'], { unique: true })
@Index('ix_readiness_message_due', ['nextAttemptAt'])
@Index('ix_readiness_message_agent', ['agentId'])
export class ReadinessMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The `webhook-id` by which the receiver knows a repetition. */
  @TextColumn(43)
  messageId!: string;

  @IdColumn()
  @ForeignKey('ReadinessSubscription', { name: 'fk_readiness_message_subscription' })
  subscriptionId!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_readiness_message_agent' })
  agentId!: number;

  @Column({ type: 'text' })
  body!: string;

  @InstantColumn()
  createdAt!: Date;

  @Column({ type: 'integer' })
  attempts!: number;

  @InstantColumn()
  nextAttemptAt!: Date;
}
