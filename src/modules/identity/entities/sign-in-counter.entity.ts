import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../../database/columns.js';

/** Failed sign-ins of an account, an address or the two together; the key is an HMAC, so no address is stored. */
@Entity('sign_in_counter')
@Index('uq_sign_in_counter', ['counterKey'], { unique: true })
@Index('ix_sign_in_counter_reset', ['resetAt'])
export class SignInCounter {
  @PrimaryGeneratedColumn()
  id!: number;

  @TextColumn(64)
  counterKey!: string;

  @Column({ type: 'integer' })
  failures!: number;

  @InstantColumn()
  resetAt!: Date;

  /** When this account last signed in from this address; such a pair is known. */
  @InstantColumn({ nullable: true })
  succeededAt!: Date | null;
}
