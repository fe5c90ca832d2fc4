import { Entity, ForeignKey, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn, TextColumn } from '../../../database/columns.js';

/** A person who answers calls for DDH, through all periods of employment. */
@Entity('agent')
@Index('uq_agent_person', ['personId'], { unique: true })
@Index('uq_agent_phone_system', ['phoneSystemId'], { unique: true })
export class Agent {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_agent_person' })
  personId!: number;

  /** The agent's id in the phone system, by which figures come in. */
  @TextColumn(60, { nullable: true })
  phoneSystemId!: string | null;

  /** Attendance before Vagtklar was taken into use. */
  @LocalDateColumn({ nullable: true })
  onboardingAttendedOn!: string | null;

  @InstantColumn()
  createdAt!: Date;

  @VersionColumn()
  version!: number;
}
