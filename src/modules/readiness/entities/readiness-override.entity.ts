import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';
import type { OverrideReason } from '../overrides/override.rules.js';

/** Somebody says that an agent may take one shift although something is missing. */
@Entity('readiness_override')
@Index('uq_readiness_override', ['shiftId'], { unique: true })
@Index('ix_readiness_override_starts', ['startsAt'])
@Index('ix_readiness_override_agent', ['agentId'])
@Index('ix_readiness_override_person', ['byPersonId'])
export class ReadinessOverride {
  @PrimaryGeneratedColumn()
  id!: number;

  /** No foreign key: the erasure of a person takes shifts away before what is said of them. */
  @IdColumn()
  shiftId!: number;

  /** Whose shift it was when it was made; it counts for nobody else. */
  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_readiness_override_agent' })
  agentId!: number;

  /** The start the shift had when it was made; it counts for no other. */
  @InstantColumn()
  startsAt!: Date;

  @TextColumn(30)
  reason!: OverrideReason;

  @TextColumn(200, { nullable: true })
  note!: string | null;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_readiness_override_person' })
  byPersonId!: number;

  @InstantColumn()
  createdAt!: Date;
}
