import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { Breakdown } from '../results/breakdowns.rules.js';

/** A figure of a closed wave, fixed when it closed; what may not be shown is not here but as a row without figures. */
@Entity('survey_result')
export class SurveyResult {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_result_survey' })
  surveyId!: number;

  @PrimaryColumn({ type: 'varchar', length: '20' })
  breakdown!: Breakdown;

  /** Empty for all together. */
  @PrimaryColumn({ type: 'varchar', length: '20' })
  groupKey!: string;

  /** A dimension or, in the breakdown `question`, a question; empty for how many were asked and answered. */
  @PrimaryColumn({ type: 'varchar', length: '40' })
  parameter!: string;

  @Column({ type: 'integer', nullable: true })
  answers!: number | null;

  @Column({ type: 'integer', nullable: true })
  invited!: number | null;

  /** From 0 to 100, 100 always the good end. */
  @Column({ type: 'double precision', nullable: true })
  mean!: number | null;

  /** Standard deviation between respondents, on the same scale. */
  @Column({ type: 'double precision', nullable: true })
  deviation!: number | null;
}
