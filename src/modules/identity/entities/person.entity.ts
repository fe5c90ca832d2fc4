import { Column, Entity, Index, PrimaryGeneratedColumn, VersionColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../../database/columns.js';

/** A human being, whatever roles it holds. */
@Entity('person')
@Index('uq_person_email', ['emailKey'], { unique: true })
@Index('ix_person_name', ['nameSortKey'])
export class Person {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(100)
  firstName!: string;

  @TextColumn(100)
  lastName!: string;

  @TextColumn(500)
  nameSortKey!: string;

  @TextColumn(254)
  email!: string;

  /** The address in the form in which addresses are compared (`emailKey()`). */
  @TextColumn(500)
  emailKey!: string;

  /** E.164. */
  @TextColumn(20, { nullable: true })
  phone!: string | null;

  @TextColumn(2)
  language!: string;

  /** Argon2id; null until the person has chosen a password. */
  @TextColumn(255, { nullable: true })
  passwordHash!: string | null;

  /** Made by the demonstration; production refuses to start while any exists. */
  @Column({ type: 'boolean' })
  isDemo!: boolean;

  @InstantColumn()
  createdAt!: Date;

  @InstantColumn({ nullable: true })
  deactivatedAt!: Date | null;

  /** When name and addresses were taken away; what is left names nobody. */
  @InstantColumn({ nullable: true })
  erasedAt!: Date | null;

  @VersionColumn()
  version!: number;
}
