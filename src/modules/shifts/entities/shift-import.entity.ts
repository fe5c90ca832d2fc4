import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';
import type { PlanCovers } from './shift-plan.entity.js';

/**
 * `mapping` waits for somebody to say what the columns mean; `reading` and `comparing` make the preview; `ready` is looked at;
 * `committing` is being written; `committed` is done; `refused` could not be read.
 */
export const SHIFT_IMPORT_STATES = [
  'mapping',
  'reading',
  'comparing',
  'ready',
  'committing',
  'committed',
  'refused',
] as const;

/** How far an import is. */
export type ShiftImportState = (typeof SHIFT_IMPORT_STATES)[number];

/** What a plan comes as. */
export type PlanFormat = 'csv' | 'xlsx' | 'ics';

/** A plan on its way in. */
@Entity('shift_import')
@Index('ix_shift_import_state', ['state', 'leaseUntil'])
@Index('ix_shift_import_created', ['createdAt'])
export class ShiftImport {
  @PrimaryGeneratedColumn()
  id!: number;

  /** `feed`: fetched by itself. */
  @TextColumn(10)
  source!: 'upload' | 'feed';

  @TextColumn(200)
  fileName!: string;

  @TextColumn(4)
  format!: PlanFormat;

  /** Name of the file in the store, as long as it is needed. */
  @TextColumn(43, { nullable: true })
  storedAs!: string | null;

  @TextColumn(64)
  checksum!: string;

  @TextColumn(12)
  encoding!: string;

  @TextColumn(1)
  delimiter!: string;

  @TextColumn(12)
  state!: ShiftImportState;

  @IdColumn({ nullable: true })
  @ForeignKey('Person', { name: 'fk_shift_import_person' })
  actorPersonId!: number | null;

  /** `PlanHeader` as JSON; null for a calendar, which has no columns. */
  @JsonColumn({ nullable: true })
  header!: string | null;

  @TextColumn(15)
  covers!: PlanCovers;

  /** Codes of the municipalities of the agents in the file, as JSON. */
  @JsonColumn()
  municipalities!: string;

  /** Rows of the file, and what became of them. */
  @Column({ type: 'integer' })
  total!: number;

  @Column({ type: 'integer' })
  faulty!: number;

  @Column({ type: 'integer' })
  unknownRows!: number;

  @Column({ type: 'integer' })
  duplicates!: number;

  /** The period the file covers: the whole days of its first and last shift. */
  @InstantColumn({ nullable: true })
  coversFrom!: Date | null;

  @InstantColumn({ nullable: true })
  coversTo!: Date | null;

  /** The last agent that was compared. */
  @IdColumn()
  comparedUpTo!: number;

  /** Shifts of the plan in what the file covers. */
  @Column({ type: 'integer' })
  known!: number;

  @Column({ type: 'integer' })
  same!: number;

  @Column({ type: 'integer' })
  added!: number;

  @Column({ type: 'integer' })
  moved!: number;

  @Column({ type: 'integer' })
  gone!: number;

  /** How many of the differences are written. */
  @Column({ type: 'integer' })
  done!: number;

  @InstantColumn({ nullable: true })
  comparedAt!: Date | null;

  @TextColumn(60, { nullable: true })
  refusal!: string | null;

  /** The claim of the instance that is at it. */
  @TextColumn(43, { nullable: true })
  leaseOwner!: string | null;

  @InstantColumn({ nullable: true })
  leaseUntil!: Date | null;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  finishedAt!: Date | null;
}
