import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../../database/columns.js';

/** A guide version that an agent is to have read; kept by `RequirementWriter`. */
@Entity('reading_requirement')
@Index('ix_reading_requirement_open', ['agentId', 'readAt', 'dueAt'])
@Index('ix_reading_requirement_version', ['versionId', 'readAt'])
export class ReadingRequirement {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Agent', { name: 'fk_reading_requirement_agent' })
  agentId!: number;

  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('GuideVersion', { name: 'fk_reading_requirement_version' })
  versionId!: number;

  /** Start of the agent's first shift that asks for it; null while none is planned. */
  @InstantColumn({ nullable: true })
  dueAt!: Date | null;

  /** When the first receipt was given that answers for it. */
  @InstantColumn({ nullable: true })
  readAt!: Date | null;
}
