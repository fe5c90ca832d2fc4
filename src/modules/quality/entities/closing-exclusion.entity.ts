import { Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { TextColumn } from '../../../database/columns.js';
import type { ExclusionReason } from '../closing/exclusion.rules.js';

/** An agent that the rule hit and somebody took out of a closing. */
@Entity('closing_exclusion')
@Index('ix_closing_exclusion_agent', ['agentId'])
export class ClosingExclusion {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('MonthClosing', { name: 'fk_closing_exclusion_closing' })
  closingId!: number;

  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Agent', { name: 'fk_closing_exclusion_agent' })
  agentId!: number;

  @TextColumn(30)
  reason!: ExclusionReason;
}
