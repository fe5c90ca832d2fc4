import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, LocalDateColumn } from '../../../database/columns.js';

/** Days on which somebody is away and the deputy takes the mails; both ends included. No reason is kept. */
@Entity('absence')
@Index('ix_absence_person', ['personId'])
export class Absence {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('Person', { name: 'fk_absence_person' })
  personId!: number;

  @LocalDateColumn()
  fromOn!: string;

  @LocalDateColumn()
  toOn!: string;

  @InstantColumn()
  createdAt!: Date;
}
