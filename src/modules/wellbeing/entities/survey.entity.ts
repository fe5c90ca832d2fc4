import { Column, Entity, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';
import type { SurveyState } from '../waves/survey.rules.js';

/** One wave of the wellbeing survey. */
@Entity('survey')
@Index('ix_survey_state', ['state'])
export class Survey {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(150)
  title!: string;

  @Column({ type: 'integer' })
  year!: number;

  @TextColumn(10)
  state!: SurveyState;

  /** Whether later waves are compared with this one unless somebody says otherwise. */
  @Column({ type: 'boolean' })
  isBaseline!: boolean;

  /** No figure is given for fewer answers than this (k). */
  @Column({ type: 'integer' })
  minimumGroup!: number;

  /** Last day on which it can be answered. */
  @LocalDateColumn({ nullable: true })
  closesOn!: string | null;

  /** How many were asked. */
  @Column({ type: 'integer', nullable: true })
  invited!: number | null;

  /** How many answered; known only once it is closed. */
  @Column({ type: 'integer', nullable: true })
  answered!: number | null;

  /** Share of answers in per cent as it is shown while the wave is open: in steps, and once a day. */
  @Column({ type: 'integer', nullable: true })
  rateShown!: number | null;

  @LocalDateColumn({ nullable: true })
  rateShownOn!: string | null;

  /** What links and sums of an open wave are made with, encrypted; destroyed when it closes. */
  @Column({ type: 'text', nullable: true })
  sealedSecret!: string | null;

  @LocalDateColumn({ nullable: true })
  remindedOn!: string | null;

  @InstantColumn({ nullable: true })
  openedAt!: Date | null;

  @InstantColumn({ nullable: true })
  closedAt!: Date | null;

  @InstantColumn({ nullable: true })
  publishedAt!: Date | null;

  /** "You said, we do", in both languages. */
  @Column({ type: 'text', nullable: true })
  messageDa!: string | null;

  @Column({ type: 'text', nullable: true })
  messageEn!: string | null;

  /** Without a foreign key, so that no answer hangs on a person by way of its wave. */
  @IdColumn()
  createdByPersonId!: number;

  @InstantColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;
}
