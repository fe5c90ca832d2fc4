import { Entity, ForeignKey, Index, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn } from '../../../database/columns.js';

/** A time that the agent proposes for a talk. */
@Entity('coaching_time')
@Index('uq_coaching_time', ['talkId', 'startsAt'], { unique: true })
export class CoachingTime {
  @PrimaryGeneratedColumn()
  id!: number;

  @IdColumn()
  @ForeignKey('CoachingTalk', { name: 'fk_coaching_time_talk' })
  talkId!: number;

  @InstantColumn()
  startsAt!: Date;

  @InstantColumn()
  createdAt!: Date;
}
