import { Entity, Index, PrimaryGeneratedColumn, Column } from 'typeorm';
import { InstantColumn, TextColumn } from './columns.js';

/** The first answer to a creating request, kept 24 hours so that a repetition gets the same answer. */
@Entity('idempotency_key')
@Index('uq_idempotency_key', ['keyHash'], { unique: true })
@Index('ix_idempotency_key_created', ['createdAt'])
export class IdempotencyKey {
  @PrimaryGeneratedColumn()
  id!: number;

  /** SHA-256 over caller, route and key. */
  @TextColumn(64)
  keyHash!: string;

  /** SHA-256 over the body. */
  @TextColumn(64)
  requestHash!: string;

  /** JSON of the answer; null only while the first request is still in its transaction. */
  @Column({ type: 'text', nullable: true })
  answer!: string | null;

  @InstantColumn()
  createdAt!: Date;
}
