import { Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { IdColumn, InstantColumn } from '../../../database/columns.js';

/** Somebody who may be asked to be a coach. */
@Entity('coach_grant')
export class CoachGrant {
  @PrimaryColumn({ type: 'integer' })
  @ForeignKey('Person', { name: 'fk_coach_grant_person' })
  personId!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_coach_grant_granted_by' })
  grantedByPersonId!: number;

  @InstantColumn()
  grantedAt!: Date;
}
