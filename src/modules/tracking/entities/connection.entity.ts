import { Column, Entity, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../../database/columns.js';
import type { ConnectionShape } from '../adapters/read-message.js';

/** An e-learning host that posts completions. */
@Entity('connection')
@Index('uq_connection_key', ['connectionKey'], { unique: true })
export class Connection {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The part of the webhook's address that names the connection; lower case. */
  @TextColumn(40)
  connectionKey!: string;

  @TextColumn(100)
  name!: string;

  @TextColumn(20)
  shape!: ConnectionShape;

  /** The signing secret, encrypted, since checking an HMAC needs the secret itself. */
  @TextColumn(255)
  sealedSecret!: string;

  /** The secret before the last rotation, encrypted; it counts until `previousSecretEndsAt`. */
  @TextColumn(255, { nullable: true })
  previousSecret!: string | null;

  @InstantColumn({ nullable: true })
  previousSecretEndsAt!: Date | null;

  /** JSON list of the courses it may report on; null for all. */
  @Column({ type: 'text', nullable: true })
  courseIds!: string | null;

  @InstantColumn()
  createdAt!: Date;

  /** Deliveries refused since `refusedSince`; they count until a message is taken again. */
  @Column({ type: 'integer' })
  refusedCount!: number;

  @InstantColumn({ nullable: true })
  refusedSince!: Date | null;

  @InstantColumn({ nullable: true })
  lastRefusedAt!: Date | null;

  @TextColumn(20, { nullable: true })
  lastRefusalReason!: string | null;

  @VersionColumn()
  version!: number;
}
