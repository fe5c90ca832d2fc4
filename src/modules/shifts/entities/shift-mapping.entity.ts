import { Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** What the columns of plans with the same row of headings mean, as somebody has said it. */
@Entity('shift_mapping')
@Index('uq_shift_mapping', ['signatureHash'], { unique: true })
export class ShiftMappingRow {
  @PrimaryGeneratedColumn()
  id!: number;

  /** SHA-256 of the headings, hex. */
  @TextColumn(64)
  signatureHash!: string;

  /** `ShiftMapping` as JSON. */
  @JsonColumn()
  mapping!: string;

  @IdColumn()
  savedByPersonId!: number;

  @InstantColumn()
  savedAt!: Date;
}
