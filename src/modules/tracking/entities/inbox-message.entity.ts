import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** What has become of a message. */
export const STORED_STATUSES = ['applied', 'unmatched', 'kept', 'test'] as const;

/** What has become of a message. */
export type StoredStatus = (typeof STORED_STATUSES)[number];

/** A message as a host sent it, kept raw as evidence. */
@Entity('inbox_message')
@Index('uq_inbox_message', ['connectionId', 'messageHash'], { unique: true })
@Index('ix_inbox_message_status', ['status', 'id'])
@Index('ix_inbox_message_enrolment', ['enrolmentId'])
@Index('ix_inbox_message_connection', ['connectionId', 'receivedAt'])
export class InboxMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Connection', { name: 'fk_inbox_message_connection' })
  connectionId!: number;

  /** The host's id of the message. */
  @TextColumn(190)
  messageId!: string;

  /** SHA-256 of that id, because MariaDB would take two ids that differ in case for one. */
  @TextColumn(64)
  messageHash!: string;

  @Column({ type: 'text' })
  body!: string;

  /** `kept` says nothing that counts; `test` is one of ours. */
  @TextColumn(10)
  status!: StoredStatus;

  /** Why it fits nobody. */
  @TextColumn(30, { nullable: true })
  reason!: string | null;

  /** The address of the learner it names, while it fits nobody. */
  @TextColumn(500, { nullable: true })
  learnerKey!: string | null;

  @IdColumn({ nullable: true })
  @ForeignKey('Enrolment', { name: 'fk_inbox_message_enrolment' })
  enrolmentId!: number | null;

  @InstantColumn()
  receivedAt!: Date;
}
