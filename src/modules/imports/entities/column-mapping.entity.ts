import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** What the columns of tables of a kind with the same row of headings mean, as somebody has said it. */
@Entity('column_mapping')
@Index('uq_column_mapping', ['kind', 'signatureHash'], { unique: true })
export class ColumnMappingRow {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The kind of import. */
  @TextColumn(20)
  kind!: string;

  /** SHA-256 of the headings, hex. */
  @TextColumn(64)
  signatureHash!: string;

  /** `ColumnMapping` as JSON. */
  @JsonColumn()
  mapping!: string;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_column_mapping_person' })
  savedByPersonId!: number;

  @InstantColumn()
  savedAt!: Date;
}
