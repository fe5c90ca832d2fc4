import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { LinkPurpose } from '../links.rules.js';

/** A link that was mailed to a person; only its hash is kept. */
@Entity('link_token')
@Index('uq_link_token', ['tokenHash'], { unique: true })
@Index('ix_link_token_person', ['personId', 'purpose', 'createdAt'])
export class LinkToken {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_link_token_person' })
  personId!: number;

  @TextColumn(10)
  purpose!: LinkPurpose;

  @TextColumn(64)
  tokenHash!: string;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  usedAt!: Date | null;

  @InstantColumn({ nullable: true })
  revokedAt!: Date | null;

  /** The page of this site that it opens; the person's own page when null. */
  @TextColumn(200, { nullable: true })
  target!: string | null;
}
