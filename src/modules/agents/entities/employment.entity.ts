import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';

/** New agents are welcomed, mailed and gated; existing ones were there before Vagtklar and are not. */
export type AgentKind = 'new' | 'existing';

/** Why a period ended. */
export type EndReason = 'departed' | 'transferred' | 'membership_ended';

/** A period in which an agent works for one municipality. */
@Entity('employment')
@Index('uq_employment_open', ['openAgentId'], { unique: true })
@Index('ix_employment_agent', ['agentId'])
@Index('ix_employment_municipality', ['municipalityCode', 'openAgentId'])
@Index('ix_employment_leader', ['leaderId'])
@Index('ix_employment_first_shift', ['openAgentId', 'firstShiftOn'])
export class Employment {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_employment_agent' })
  agentId!: number;

  /** The agent's id while the period is open, else null: the database itself allows one open period an agent. */
  @IdColumn({ nullable: true })
  openAgentId!: number | null;

  @TextColumn(3)
  @ForeignKey('Municipality', { name: 'fk_employment_municipality' })
  municipalityCode!: string;

  @IdColumn({ nullable: true })
  @ForeignKey('Person', { name: 'fk_employment_leader' })
  leaderId!: number | null;

  @TextColumn(10)
  kind!: AgentKind;

  @LocalDateColumn()
  startOn!: string;

  /** First day on which reports count it: the registration or the start, whichever came first. */
  @LocalDateColumn()
  effectiveFromOn!: string;

  /** Last day. */
  @LocalDateColumn({ nullable: true })
  endOn!: string | null;

  @TextColumn(20, { nullable: true })
  endReason!: EndReason | null;

  @LocalDateColumn({ nullable: true })
  firstShiftOn!: string | null;

  @InstantColumn()
  createdAt!: Date;
}
