import { Column, Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../../database/columns.js';

/** `normal` counts, `review` looks back at what is finished, `trial` is the secretariat's and counts for nobody. */
export type LaunchMode = 'normal' | 'review' | 'trial';

/** One sitting: the player opened in a browser. Its token opens this attempt on the content host and nothing else. */
@Entity('launch')
@Index('uq_launch_token', ['tokenHash'], { unique: true })
@Index('ix_launch_attempt', ['attemptId', 'startedAt'])
@Index('ix_launch_last_seen', ['lastSeenAt'])
export class Launch {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Attempt', { name: 'fk_launch_attempt' })
  attemptId!: number;

  /** The sign-in it was opened from; when that is revoked, the launch is worth nothing. */
  @IdColumn()
  sessionId!: number;

  @TextColumn(64)
  tokenHash!: string;

  @TextColumn(10)
  mode!: LaunchMode;

  /** The highest sequence seen; the player numbers what it sends by its clock, in milliseconds. */
  @Column({ type: 'bigint' })
  sequence!: number;

  /** Time in the content during this sitting. */
  @Column({ type: 'double precision' })
  seconds!: number;

  @InstantColumn()
  startedAt!: Date;

  @InstantColumn()
  lastSeenAt!: Date;

  /** Moves on with every commit, so that a sitting does not end while somebody learns. */
  @InstantColumn()
  expiresAt!: Date;

  @InstantColumn({ nullable: true })
  endedAt!: Date | null;
}

/** What one unit (SCO) of the package has stored for an attempt: the newest by launch and sequence. */
@Entity('sco_state')
@Index('uq_sco_state', ['attemptId', 'scoIndex'], { unique: true })
export class ScoState {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Attempt', { name: 'fk_sco_state_attempt' })
  attemptId!: number;

  /** Its place among the units of the manifest. */
  @Column({ type: 'integer' })
  scoIndex!: number;

  @IdColumn()
  @ForeignKey('Launch', { name: 'fk_sco_state_launch' })
  launchId!: number;

  @Column({ type: 'bigint' })
  sequence!: number;

  /** SCORM's data model as the content left it; forgotten after the retention period. */
  @JsonColumn({ nullable: true })
  cmi!: string | null;

  /** The best it has said; a unit may say `incomplete` again after `completed`. */
  @TextColumn(12, { nullable: true })
  completion!: 'completed' | 'incomplete' | null;

  @TextColumn(10, { nullable: true })
  success!: 'passed' | 'failed' | null;

  @Column({ type: 'double precision', nullable: true })
  scoreScaled!: number | null;

  /** Where in the unit the learner is, as the content calls it. */
  @TextColumn(1000, { nullable: true })
  place!: string | null;

  /** Time in it before the launch that wrote last. */
  @Column({ type: 'double precision' })
  secondsBefore!: number;

  /** Time in it during that launch. */
  @Column({ type: 'double precision' })
  secondsNow!: number;

  /** Whether the content said goodbye itself; otherwise the tab was closed or the network lost. */
  @Column({ type: 'boolean' })
  isClosed!: boolean;

  @InstantColumn()
  updatedAt!: Date;
}

/** A message of the player that changed where the attempt stands, kept raw as evidence. */
@Entity('player_message')
@Index('uq_player_message', ['launchId', 'sequence'], { unique: true })
@Index('ix_player_message_received', ['receivedAt'])
export class PlayerMessage {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Launch', { name: 'fk_player_message_launch' })
  launchId!: number;

  @Column({ type: 'bigint' })
  sequence!: number;

  @Column({ type: 'integer' })
  scoIndex!: number;

  @JsonColumn({ nullable: true })
  body!: string | null;

  @InstantColumn()
  receivedAt!: Date;
}
