import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, TextColumn } from '../../../database/columns.js';

/** A municipality or a skill for which a version is meant. */
@Entity('guide_audience')
@Index('uq_guide_audience', ['versionId', 'code'], { unique: true })
export class GuideAudience {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('GuideVersion', { name: 'fk_guide_audience_version' })
  versionId!: number;

  /** A municipality's code, or the skill. */
  @TextColumn(60)
  code!: string;
}
