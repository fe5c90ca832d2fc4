import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { JsonColumn, TextColumn } from '../../../database/columns.js';

/**
 * What one respondent answered on one dimension. The key is random and rows lie in its order, so nothing tells which rows belong
 * together, who gave them, or when (ADR 22).
 */
@Entity('survey_answer', { withoutRowid: true })
@Index('ix_survey_answer_survey', ['surveyId', 'dimension'])
export class SurveyAnswer {
  @PrimaryColumn({ type: 'varchar', length: '36' })
  id!: string;

  @Column({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_answer_survey' })
  surveyId!: number;

  @TextColumn(40)
  dimension!: string;

  /** JSON of the values by question. */
  @JsonColumn()
  content!: string;

  /** The dimension's score from 0 to 100, 100 always the good end. */
  @Column({ type: 'double precision' })
  score!: number;

  /** Registered as having completed the e-learning when the wave opened; null when that is not kept. */
  @Column({ type: 'boolean', nullable: true })
  stampCompleted!: boolean | null;

  /** Registered as having attended an onboarding day when the wave opened. */
  @Column({ type: 'boolean', nullable: true })
  stampAttended!: boolean | null;
}
