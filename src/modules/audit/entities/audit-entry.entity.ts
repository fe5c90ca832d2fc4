import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** Who did what to whom. Holds keys only, never a name or an address; rows are never changed. */
@Entity('audit_entry')
@Index('ix_audit_entry_subject', ['subjectType', 'subjectId'])
@Index('ix_audit_entry_actor', ['actorPersonId'])
export class AuditEntry {
  @PrimaryGeneratedColumn()
  id!: number;

  @InstantColumn()
  at!: Date;

  /** Null when the system itself acted. */
  @IdColumn({ nullable: true })
  actorPersonId!: number | null;

  @TextColumn(60)
  action!: string;

  @TextColumn(40)
  subjectType!: string;

  @IdColumn()
  subjectId!: number;

  /** JSON with keys and codes. */
  @Column({ type: 'text', nullable: true })
  detail!: string | null;
}
