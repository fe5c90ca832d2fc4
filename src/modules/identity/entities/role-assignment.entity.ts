import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from '../../../common/access/principal.js';
import { IdColumn, TextColumn } from '../../../database/columns.js';

/** A role a person holds. */
@Entity('role_assignment')
@Index('uq_role_assignment', ['personId', 'role'], { unique: true })
@Index('ix_role_assignment_municipality', ['municipalityCode', 'role'])
export class RoleAssignment {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_role_assignment_person' })
  personId!: number;

  @TextColumn(20)
  role!: Role;

  /** The municipality a leader leads, or the own one of somebody in the secretariat. */
  @TextColumn(3, { nullable: true })
  municipalityCode!: string | null;

  /** Who takes a leader's mails while the leader is away. */
  @IdColumn({ nullable: true })
  deputyId!: number | null;

  /** The agent record that the role `agent` stands for. */
  @IdColumn({ nullable: true })
  agentId!: number | null;
}
