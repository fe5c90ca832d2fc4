import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** An uploaded table of answers; the table itself is encrypted and dropped once it is written or a day old. */
@Entity('survey_import')
@Index('ix_survey_import_survey', ['surveyId'])
@Index('ix_survey_import_created', ['createdAt'])
export class SurveyImport {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Survey', { name: 'fk_survey_import_survey' })
  surveyId!: number;

  @TextColumn(200)
  fileName!: string;

  @TextColumn(10)
  state!: 'ready' | 'committed' | 'expired';

  /** JSON list of what each column is. */
  @JsonColumn()
  mapping!: string;

  /** A JSON text. */
  @JsonColumn({ nullable: true })
  sealedTable!: string | null;

  /** Rows that were written; null before. */
  @Column({ type: 'integer', nullable: true })
  written!: number | null;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_survey_import_person' })
  actorPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
