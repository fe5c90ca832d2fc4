import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, InstantColumn } from '../../../database/columns.js';

/** When an agent, or the agent's leader, was last mailed that a guide version is to be read. */
@Entity('reading_notice')
@Index('ix_reading_notice_version', ['versionId'])
@Index('ix_reading_notice_mail', ['mailId'])
@Index('ix_reading_notice_leader_mail', ['leaderMailId'])
export class ReadingNotice {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Agent', { name: 'fk_reading_notice_agent' })
  agentId!: number;

  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('GuideVersion', { name: 'fk_reading_notice_version' })
  versionId!: number;

  /** The shift that the agent was told of. */
  @InstantColumn({ nullable: true })
  startsAt!: Date | null;

  @InstantColumn({ nullable: true })
  toldAt!: Date | null;

  /** The mail; while it is cancelled, nothing was told. */
  @IdColumn({ nullable: true })
  mailId!: number | null;

  /** The shift that the leader was told of. */
  @InstantColumn({ nullable: true })
  leaderStartsAt!: Date | null;

  @InstantColumn({ nullable: true })
  leaderToldAt!: Date | null;

  /** The leader's mail; null also when it became a task. */
  @IdColumn({ nullable: true })
  leaderMailId!: number | null;
}
