import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/**
 * A link by which one answer can be given. No person, no instant, and rows lie in the order of their hash. What is needed to count the
 * answer stands here until it is given; after that only `isUsed` is left. All rows go when the wave closes (ADR 22).
 */
@Entity('survey_token', { withoutRowid: true })
@Index('ix_survey_token_survey', ['surveyId', 'isUsed'])
export class SurveyToken {
  @PrimaryColumn({ type: 'varchar', length: '64' })
  tokenHash!: string;

  @Column({ type: 'integer' })
  @ForeignKey('Survey', { name: 'fk_survey_token_survey' })
  surveyId!: number;

  @Column({ type: 'boolean' })
  isUsed!: boolean;

  /** What is counted beside the answer, encrypted under the link itself: whoever has only the database cannot read it. */
  @Column({ type: 'text', nullable: true })
  sealedGroups!: string | null;
}
