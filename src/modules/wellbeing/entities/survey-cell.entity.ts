import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';

/** How many of those who were asked belong to a municipality, a tenure band and a combination of stamps; gone when the wave closes. */
@Entity('survey_cell')
export class SurveyCell {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_cell_survey' })
  surveyId!: number;

  @PrimaryColumn({ type: 'varchar', length: '20' })
  municipalityGroup!: string;

  @PrimaryColumn({ type: 'varchar', length: '20' })
  tenureGroup!: string;

  /** Empty where they are not kept. */
  @PrimaryColumn({ type: 'varchar', length: '2' })
  stamps!: string;

  @Column({ type: 'integer' })
  invited!: number;
}
