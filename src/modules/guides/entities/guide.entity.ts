import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../../database/columns.js';

/** A text that agents follow in a call, through all its versions. */
@Entity('guide')
export class Guide {
  @PrimaryGeneratedColumn()
  id!: number;

  /** The title of the newest version. */
  @TextColumn(150)
  title!: string;

  @InstantColumn()
  createdAt!: Date;

  @IdColumn()
  createdByPersonId!: number;

  /** From here on nobody is asked to read it. */
  @InstantColumn({ nullable: true })
  archivedAt!: Date | null;

  /** Counted up by every publication, withdrawal and archiving. */
  @Column({ type: 'integer' })
  version!: number;
}
