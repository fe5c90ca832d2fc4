import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from './columns.js';

/** Which instance is doing a scheduled job, and when it is due again. */
@Entity('job_lease')
export class JobLease {
  @PrimaryColumn({ type: 'varchar', length: '60' })
  name!: string;

  @TextColumn(43, { nullable: true })
  owner!: string | null;

  @InstantColumn()
  leaseUntil!: Date;

  @InstantColumn()
  nextAt!: Date;
}
