import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, TextColumn } from '../../../database/columns.js';

/** A subject that an agent answers calls on. */
@Entity('agent_skill')
@Index('uq_agent_skill', ['agentId', 'skill'], { unique: true })
@Index('ix_agent_skill', ['skill'])
export class AgentSkill {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Agent', { name: 'fk_agent_skill_agent' })
  agentId!: number;

  /** Lower case. */
  @TextColumn(60)
  skill!: string;
}
