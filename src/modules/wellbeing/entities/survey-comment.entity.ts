import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TextColumn } from '../../../database/columns.js';

/** A free text, apart from every other answer; its key is random. */
@Entity('survey_comment', { withoutRowid: true })
@Index('ix_survey_comment_survey', ['surveyId', 'questionKey'])
export class SurveyComment {
  @PrimaryColumn({ type: 'varchar', length: '36' })
  id!: string;

  @Column({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_comment_survey' })
  surveyId!: number;

  @TextColumn(40)
  questionKey!: string;

  @Column({ type: 'text' })
  comment!: string;
}
