import { Check, Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { TalkState } from '../coaching/talk-state.rules.js';

/** A talk that is offered to an agent, with somebody from another municipality. No note of what is said is kept. */
@Entity('coaching_talk')
@Index('uq_coaching_talk_open', ['openCaseId'], { unique: true })
@Index('ix_coaching_talk_case', ['caseId'])
@Index('ix_coaching_talk_coach', ['coachPersonId', 'state'])
@Index('ix_coaching_talk_agent', ['agentId'])
@Check('ck_coaching_talk_elsewhere', 'coachMunicipalityCode <> agentMunicipalityCode')
export class CoachingTalk {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('QualityCase', { name: 'fk_coaching_talk_case' })
  caseId!: number;

  /** The case while the talk is under way: one at a time. */
  @IdColumn({ nullable: true })
  openCaseId!: number | null;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_coaching_talk_agent' })
  agentId!: number;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_coaching_talk_agent_municipality' })
  agentMunicipalityCode!: string;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_coaching_talk_coach' })
  coachPersonId!: number;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_coaching_talk_coach_municipality' })
  coachMunicipalityCode!: string;

  @TextColumn(10)
  state!: TalkState;

  @InstantColumn({ nullable: true })
  startsAt!: Date | null;

  @Column({ type: 'integer' })
  minutes!: number;

  /** The Teams address. */
  @TextColumn(500, { nullable: true })
  link!: string | null;

  /** Version of the calendar entry (RFC 5545 section 3.8.7.4). */
  @Column({ type: 'integer' })
  sequence!: number;

  /** What the agent wants to do next, written and deleted by the agent alone. */
  @TextColumn(500, { nullable: true })
  nextStep!: string | null;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_coaching_talk_offered_by' })
  offeredByPersonId!: number;

  @InstantColumn()
  createdAt!: Date;

  /** When the agent was asked; null for one that was only prepared, of which nobody knows but the secretariat. */
  @InstantColumn({ nullable: true })
  offeredAt!: Date | null;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;

  @VersionColumn()
  version!: number;
}
