import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../../database/columns.js';

/** A month whose figures have been imported; an agent without a row in it answered no call. */
@Entity('resolution_month')
export class ResolutionMonth {
  /** `YYYY-MM`. */
  @PrimaryColumn({ type: 'varchar', length: '7' })
  month!: string;

  @InstantColumn()
  importedAt!: Date;

  /** When a figure of the month was last written. */
  @InstantColumn()
  changedAt!: Date;
}
