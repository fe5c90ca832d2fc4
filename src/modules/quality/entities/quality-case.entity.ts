import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { CaseEndReason, CaseState } from '../notices/case-state.rules.js';

/** A streak of an agent that is brought to the leader's notice: one for each streak, whatever happens to it. */
@Entity('quality_case')
@Index('uq_quality_case_streak', ['agentId', 'liveStreakFrom'], { unique: true })
@Index('ix_quality_case_state', ['state', 'agentNoticeAt'])
@Index('ix_quality_case_leader_notice', ['state', 'leaderNoticeAt'])
@Index('ix_quality_case_municipality', ['municipalityCode', 'state'])
@Index('ix_quality_case_closing', ['closingId'])
export class QualityCase {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_quality_case_agent' })
  agentId!: number;

  /** The period of employment it is about. */
  @IdColumn()
  @ForeignKey('Employment', { name: 'fk_quality_case_employment' })
  employmentId!: number;

  /** The employer in that period. */
  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_quality_case_municipality' })
  municipalityCode!: string;

  @IdColumn()
  @ForeignKey('MonthClosing', { name: 'fk_quality_case_closing' })
  closingId!: number;

  /** First and last month of the streak when it was closed. */
  @TextColumn(7)
  streakFrom!: string;

  @TextColumn(7)
  streakTo!: string;

  /** `streakFrom`, or null once withdrawn: the database itself allows one case a streak. */
  @TextColumn(7, { nullable: true })
  liveStreakFrom!: string | null;

  @TextColumn(12)
  state!: CaseState;

  /** When the agent is to be told. */
  @InstantColumn()
  agentNoticeAt!: Date;

  @InstantColumn({ nullable: true })
  agentToldAt!: Date | null;

  /** When the leader is to be told; known once the agent has been. */
  @InstantColumn({ nullable: true })
  leaderNoticeAt!: Date | null;

  @InstantColumn({ nullable: true })
  leaderToldAt!: Date | null;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;

  @TextColumn(20, { nullable: true })
  endReason!: CaseEndReason | null;

  /** Whether the secretariat finds a talk relevant; null while nobody has said. */
  @Column({ type: 'boolean', nullable: true })
  isTalkRelevant!: boolean | null;

  @InstantColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;
}
