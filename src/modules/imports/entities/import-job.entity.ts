import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** `ready` is looked at, `committing` is being written, `committed` is done. */
export type ImportState = 'ready' | 'committing' | 'committed';

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

  @Column({ type: 'integer' })
  total!: number;

  @Column({ type: 'integer' })
  valid!: number;

  @Column({ type: 'integer' })
  invalid!: number;

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
