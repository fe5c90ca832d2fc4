import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** `mapping` waits for somebody to say what the columns mean, `ready` is looked at, `committing` is being written, `committed` is done. */
export const IMPORT_STATES = ['mapping', 'ready', 'committing', 'committed'] as const;

/** How far an import is. */
export type ImportState = (typeof IMPORT_STATES)[number];

/** An uploaded table on its way into the product. */
@Entity('import_job')
@Index('ix_import_job_state', ['state', 'leaseUntil'])
@Index('ix_import_job_created', ['createdAt'])
export class ImportJob {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(20)
  kind!: string;

  @TextColumn(200)
  fileName!: string;

  @TextColumn(12)
  state!: ImportState;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_import_job_person' })
  actorPersonId!: number;

  /** JSON of what the kind of import wants to remember. */
  @Column({ type: 'text' })
  options!: string;

  /** JSON list of headings that mean nothing to us. */
  @Column({ type: 'text' })
  ignoredColumns!: string;

  /** `TableHeader` as JSON. */
  @JsonColumn({ nullable: true })
  header!: string | null;

  /** Rows of data; those that are passed over are not among them. */
  @Column({ type: 'integer' })
  total!: number;

  @Column({ type: 'integer' })
  valid!: number;

  @Column({ type: 'integer' })
  invalid!: number;

  @Column({ type: 'integer' })
  skipped!: number;

  /** JSON of how many faultless rows change what; null for kinds that do not tell. */
  @Column({ type: 'text', nullable: true })
  changes!: string | null;

  @Column({ type: 'integer' })
  done!: number;

  @Column({ type: 'integer' })
  failed!: number;

  /** The claim of the instance that is writing it. */
  @TextColumn(43, { nullable: true })
  leaseOwner!: string | null;

  @InstantColumn({ nullable: true })
  leaseUntil!: Date | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  finishedAt!: Date | null;
}
