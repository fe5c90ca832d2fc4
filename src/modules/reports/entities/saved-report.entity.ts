import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A report with its filters under a name of its owner's. */
@Entity('saved_report')
@Index('ix_saved_report_person', ['personId'])
export class SavedReport {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_saved_report_person' })
  personId!: number;

  @TextColumn(100)
  name!: string;

  /** The filters as they stand in the address. */
  @TextColumn(1000)
  query!: string;

  @InstantColumn()
  createdAt!: Date;
}
