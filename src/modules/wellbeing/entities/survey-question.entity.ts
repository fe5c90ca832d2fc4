import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { JsonColumn, TextColumn } from '../../../database/columns.js';
import type { Direction } from '../results/scale.rules.js';

/** A question of a wave, with the scale it was asked on. */
@Entity('survey_question')
export class SurveyQuestion {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_question_survey' })
  surveyId!: number;

  /** Its place, from 1. */
  @PrimaryColumn({ type: 'integer' })
  position!: number;

  /** The same question has the same key in every wave. */
  @TextColumn(40)
  questionKey!: string;

  /** What it is part of, such as `workload`; the same in every wave. */
  @TextColumn(40)
  dimension!: string;

  @TextColumn(100)
  dimensionDa!: string;

  @TextColumn(100)
  dimensionEn!: string;

  @TextColumn(10)
  kind!: 'scale' | 'text';

  @Column({ type: 'integer' })
  scaleMin!: number;

  @Column({ type: 'integer' })
  scaleMax!: number;

  @TextColumn(10)
  direction!: Direction;

  @TextColumn(500)
  textDa!: string;

  @TextColumn(500)
  textEn!: string;

  /** The words of the scale from its least value on, one for each; empty where the numbers speak for themselves. */
  @JsonColumn()
  labelsDa!: string;

  @JsonColumn()
  labelsEn!: string;
}
