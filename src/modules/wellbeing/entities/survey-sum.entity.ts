import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/**
 * What a municipality or a tenure band has answered so far, counted up beside the answers and never joined to them. Both numbers begin at
 * a number that only the wave's secret tells, so that a copy of the database says nothing of a group in which few have answered.
 */
@Entity('survey_sum')
export class SurveySum {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_sum_survey' })
  surveyId!: number;

  @PrimaryColumn({ type: 'varchar', length: '20' })
  breakdown!: 'municipality' | 'tenure';

  @PrimaryColumn({ type: 'varchar', length: '20' })
  groupKey!: string;

  /** Empty for the number of respondents. */
  @PrimaryColumn({ type: 'varchar', length: '40' })
  dimension!: string;

  @Column({ type: 'integer' })
  answers!: number;

  /** Hundredths of a point. */
  @Column({ type: 'integer' })
  total!: number;
}
