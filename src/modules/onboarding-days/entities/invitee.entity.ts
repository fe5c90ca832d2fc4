import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** An answer, or that there is none yet. */
export type InvitationAnswer = 'waiting' | 'yes' | 'no';

/** An agent of an invitation round: the leader answers whether the agent may go, then the agent books or declines. */
@Entity('invitee')
@Index('uq_invitee', ['roundId', 'agentId'], { unique: true })
@Index('ix_invitee_agent', ['agentId', 'agentAnswer'])
export class Invitee {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('InvitationRound', { name: 'fk_invitee_round' })
  roundId!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_invitee_agent' })
  agentId!: number;

  @TextColumn(10)
  leaderAnswer!: InvitationAnswer;

  @InstantColumn({ nullable: true })
  leaderAnsweredAt!: Date | null;

  @IdColumn({ nullable: true })
  leaderAnsweredByPersonId!: number | null;

  @TextColumn(10)
  agentAnswer!: InvitationAnswer;

  @InstantColumn({ nullable: true })
  agentAnsweredAt!: Date | null;
}
