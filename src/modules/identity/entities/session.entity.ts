import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { SessionStrength } from '../../../common/access/principal.js';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A sign-in; every token names one, and is worth nothing once it is revoked. */
@Entity('session')
@Index('ix_session_person', ['personId'])
export class Session {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_session_person' })
  personId!: number;

  @TextColumn(10)
  strength!: SessionStrength;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}

/** A refresh token; each is good for one use, a second use means that it was copied. */
@Entity('refresh_token')
@Index('uq_refresh_token', ['tokenHash'], { unique: true })
@Index('ix_refresh_token_session', ['sessionId'])
export class RefreshToken {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Session', { name: 'fk_refresh_token_session' })
  sessionId!: number;

  @TextColumn(64)
  tokenHash!: string;

  @InstantColumn({ nullable: true })
  usedAt!: Date | null;
}
