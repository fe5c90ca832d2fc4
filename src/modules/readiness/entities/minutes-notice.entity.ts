import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../../database/columns.js';

/** A leader has been told how many minutes to set aside for a version; kept until all leaders have. */
@Entity('minutes_notice')
@Index('ix_minutes_notice_told', ['toldAt'])
export class MinutesNotice {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('GuideVersion', { name: 'fk_minutes_notice_version' })
  versionId!: number;

  @PrimaryColumn({ type: 'varchar', length: 3 })
  municipalityCode!: string;

  /** A person; 0 when the municipality has no leader at all. */
  @PrimaryColumn({ type: 'integer' })
  leaderId!: number;

  @InstantColumn()
  toldAt!: Date;
}
