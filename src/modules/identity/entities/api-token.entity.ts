import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** What a program signs in with; only its hash is kept. */
@Entity('api_token')
@Index('uq_api_token', ['tokenHash'], { unique: true })
export class ApiToken {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(100)
  name!: string;

  @TextColumn(64)
  tokenHash!: string;

  /** Names of `ApiScope`, separated by blanks. */
  @TextColumn(500)
  scopes!: string;

  /** What the program does is done on behalf of this person. */
  @IdColumn()
  @ForeignKey('Person', { name: 'fk_api_token_person' })
  createdByPersonId!: number;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  /** To the nearest few minutes. */
  @InstantColumn({ nullable: true })
  lastUsedAt!: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;
}
