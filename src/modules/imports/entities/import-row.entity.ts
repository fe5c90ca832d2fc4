import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** `raw` waits until somebody has said what the columns mean, `skipped` is no data. */
export const ROW_STATES = ['raw', 'valid', 'invalid', 'skipped', 'done', 'failed'] as const;

/** What has become of a row. */
export type RowState = (typeof ROW_STATES)[number];

/** One row of an uploaded table; deleted with its job after a month. */
@Entity('import_row')
@Index('uq_import_row', ['importId', 'rowNumber'], { unique: true })
@Index('ix_import_row_state', ['importId', 'state', 'rowNumber'])
@Index('ix_import_row_email', ['emailKey'])
export class ImportRow {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('ImportJob', { name: 'fk_import_row_import' })
  importId!: number;

  /** As the spreadsheet counts: the headings are row 1. */
  @Column({ type: 'integer' })
  rowNumber!: number;

  @TextColumn(10)
  state!: RowState;

  /** JSON of the cells by column. */
  @Column({ type: 'text' })
  content!: string;

  /** JSON list of the cells as they stand in the file. */
  @JsonColumn({ nullable: true })
  original!: string | null;

  /** The address in the row's own column `email`, in the form in which addresses are compared. */
  @TextColumn(500, { nullable: true })
  emailKey!: string | null;

  /** JSON of what is wrong. */
  @Column({ type: 'text', nullable: true })
  faults!: string | null;

  /** JSON of what it would change: `RowNote`. */
  @Column({ type: 'text', nullable: true })
  note!: string | null;

  /** What the row became. */
  @IdColumn({ nullable: true })
  resultId!: number | null;
}
